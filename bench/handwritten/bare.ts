/**
 * A workflow that asks of Temporal what a drawn complaint asked (support/recorded.ts) and decides nothing: the same updates and answers,
 * local activities, timers, search attributes and details, in the same order. What is over it is what the interpreter adds.
 */
import { SearchAttributeType } from '@temporalio/common';
import {
  CancellationScope,
  condition,
  defineUpdate,
  isCancellation,
  scheduleLocalActivity,
  setCurrentDetails,
  setHandler,
  sleep,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { recorded } from 'careloop-bench/recorded';

export type Attribute = { name: string; type: SearchAttributeType; value: string | string[] | boolean | null };

export type Ask =
  | { do: 'local-activity'; name: string; args: unknown[]; summary: string; awaited: boolean }
  | { do: 'start-timer'; id: string; ms: number; summary: string }
  | { do: 'cancel-timer'; id: string }
  | { do: 'attributes'; changed: Attribute[] };

export interface Act {
  asks: Ask[];
  /** Of the update; none at the start. */
  answer?: unknown;
}

export interface Recorded {
  /** The first one is the start. */
  acts: Act[];
  details: string;
}

const options = {
  startToCloseTimeout: '10s',
  localRetryThreshold: '2s',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
} as const;

export async function bare(): Promise<void> {
  const { acts, details } = recorded;
  const timers = new Map<string, CancellationScope>();
  let done = 0;
  let writing = 0;

  async function perform({ asks, answer }: Act): Promise<unknown> {
    for (const ask of asks)
      switch (ask.do) {
        case 'local-activity': {
          const work = scheduleLocalActivity(ask.name, ask.args, { ...options, summary: ask.summary });
          if (ask.awaited) await work;
          else {
            writing += 1;
            void work.then(() => {
              writing -= 1;
            });
          }
          break;
        }
        case 'start-timer': {
          const scope = new CancellationScope();
          timers.set(ask.id, scope);
          scope
            .run(() => sleep(ask.ms, { summary: ask.summary }))
            .catch((error) => {
              if (!isCancellation(error)) throw error;
            });
          break;
        }
        case 'cancel-timer':
          timers.get(ask.id)?.cancel();
          break;
        case 'attributes':
          upsertSearchAttributes(
            ask.changed.map(({ name, type, value }) => ({
              key: { name, type },
              value: type === SearchAttributeType.DATETIME && typeof value === 'string' ? new Date(value) : value,
            })) as Parameters<typeof upsertSearchAttributes>[0],
          );
          break;
      }
    setCurrentDetails(details);
    done += 1;
    return answer;
  }

  setHandler(defineUpdate<unknown, [unknown]>('task'), () => perform(acts[done] ?? { asks: [] }), {
    validator: (payload) => {
      if (payload === undefined) throw new Error('There is no act.');
    },
  });
  await perform(acts[0] ?? { asks: [] });
  await condition(() => done === acts.length && writing === 0);
}
