/** What could happen to an instance as it stands: every event that something waits for. */
import type { EngineEvent, InstanceState, Wait } from '../../../engine/model/types.ts';
import { jobOf, someone } from './basics.ts';

/** With even numbers only, conditions of events stay true: they do not become true again, and begin nothing more. */
export const calm = (pick: number): number => pick - (pick % 2);

/** Which one is not bound to what the same number decides in conditions. */
export const oneOf = <T>(list: readonly T[], pick: number): T => list[Math.floor(pick / 7) % list.length]!;

/** Acts of operators may be done again on purpose, and what is called may tell of the same more than once. */
export const repeatable = ({ type }: EngineEvent): boolean =>
  type === 'retry' || type === 'set-variables' || type === 'call-escalated';

/** @param pick a random number that decides conditions */
export function possible(state: InstanceState, pick: number): EngineEvent[] {
  return Object.values(state.waits).flatMap((wait) => eventsFor(wait, pick));
}

function eventsFor(wait: Wait, pick: number): EngineEvent[] {
  const { key } = wait;
  const variables = { pick };
  if (wait.incident) return [];
  switch (wait.kind) {
    case 'task':
      return [{ type: 'task', key, action: { type: 'complete', variables }, by: someone }];
    case 'job': {
      const completed: EngineEvent = { type: 'job-completed', ...jobOf(wait), variables };
      const broken = { type: 'job-failed', ...jobOf(wait), code: 'boom', message: 'it broke' } as const;
      if (pick % 5 === 0) return [completed, { ...broken, errorCode: 'E1' }];
      return pick % 5 === 1 ? [completed, broken] : [completed];
    }
    case 'call': {
      const completed: EngineEvent = { type: 'call-completed', key, variables };
      const failed = { type: 'call-failed', key, code: 'unhandled-error', message: 'it broke' } as const;
      if (pick % 5 === 0) return [completed, { ...failed, errorCode: 'E1' }];
      if (pick % 5 === 1) return [completed, failed];
      return pick % 5 === 2 ? [completed, { type: 'call-escalated', key, code: 'late', variables }] : [completed];
    }
    case 'event':
      return wait.triggers.flatMap((trigger, index): EngineEvent[] => {
        if (wait.fired?.includes(index)) return [];
        switch (trigger.type) {
          case 'timer':
            return [{ type: 'timer', key, trigger: index }];
          case 'message':
            return [
              {
                type: 'message',
                id: `${key}-${pick}-${state(wait)}`,
                name: trigger.name,
                variables,
                ...keyOf(trigger),
              },
            ];
          case 'signal':
            return [{ type: 'signal', id: `${key}-${pick}-${state(wait)}`, name: trigger.name, variables }];
          case 'conditional':
            // Somebody changes what it looks at.
            return [{ type: 'set-variables', variables, by: someone }];
          default:
            return [];
        }
      });
    default:
      return [];
  }
}

const keyOf = ({ correlationKey }: { correlationKey?: string }) =>
  correlationKey === undefined ? {} : { correlationKey };

const state = (wait: Wait) => `${wait.element}-${wait.since}`;
