/** Properties of every model: fast-check prints seed and path of a counterexample, and the shrunk model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../engine/index.ts';
import type { EngineEvent } from '../../engine/types.ts';
import { possible } from './support/events.ts';
import { block, modelOf } from './support/models.ts';
import { jobOf, Play, someone } from './support/play.ts';

const runs = Number(process.env['CARELOOP_RANDOM_MODELS'] ?? 60);
const timeout = 120_000;
const path = fc.infiniteStream(fc.nat(10_000));

/** Plays until the end or until `most` events; says what it did. */
function wander(p: Play, picks: Iterator<number>, most: number, onEvent?: (event: EngineEvent) => void): void {
  p.start({ pick: picks.next().value as number });
  for (let i = 0; i < most && p.state.status === 'active'; i++) {
    const pick = picks.next().value as number;
    resolveIncidents(p);
    const events = possible(p.state, pick);
    if (events.length === 0) break;
    const event = events[pick % events.length]!;
    if (event.type === 'timer') timePasses(p, event);
    p.send(event);
    onEvent?.(event);
  }
}

/** An error nobody caught is retried: the job then may succeed. */
function resolveIncidents(p: Play): void {
  for (const wait of Object.values(p.state.waits))
    if (wait.incident) p.send({ type: 'retry', key: wait.key, by: someone });
}

function timePasses(p: Play, event: Extract<EngineEvent, { type: 'timer' }>): void {
  const wait = p.state.waits[event.key];
  const trigger = wait?.kind === 'event' ? wait.triggers[event.trigger] : undefined;
  if (trigger?.type === 'timer' && trigger.dueAt > p.now) p.now = trigger.dueAt;
}

describe('whatever the model and whatever happens', () => {
  test(
    'the instance completes and leaves nothing behind',
    () => {
      fc.assert(
        fc.property(block, path, (root, picks) => {
          const p = new Play(modelOf(root));
          wander(p, picks[Symbol.iterator](), 2000);
          expect(p.state.status, JSON.stringify(p.state.waits)).toBe('completed');
          expect(p.state.waits).toEqual({});
          expect(p.commandsTo('end')).toHaveLength(1);
          expect(p.journal.map((entry) => entry.n)).toEqual(p.journal.map((_, i) => i + 1));
        }),
        { numRuns: runs },
      );
    },
    timeout,
  );

  test(
    'the same event twice changes nothing, and gives the very same state',
    () => {
      fc.assert(
        fc.property(block, path, (root, picks) => {
          const p = new Play(modelOf(root));
          wander(p, picks[Symbol.iterator](), 60, (event) => {
            const before = p.state;
            const again = p.send(event);
            expect(again.state).toBe(before);
            expect(again.commands).toEqual([]);
            expect(again.journal).toEqual([]);
          });
        }),
        { numRuns: runs },
      );
    },
    timeout,
  );

  test(
    'the same events give the same states',
    () => {
      fc.assert(
        fc.property(block, path, (root, picks) => {
          const model = modelOf(root);
          const first = new Play(model);
          const events: { event: EngineEvent; now: string }[] = [];
          wander(first, picks[Symbol.iterator](), 40, (event) => events.push({ event, now: first.now }));
          fc.pre(first.journal.every((entry) => entry.kind !== 'incident-raised'));
          const second = new Play(model).start(startOf(first));
          for (const { event, now } of events) {
            second.now = now;
            second.send(event);
          }
          expect(second.state).toEqual(first.state);
          expect(second.commands).toEqual(first.commands);
        }),
        { numRuns: Math.ceil(runs / 3) },
      );
    },
    timeout,
  );

  test(
    'cancelling at any point leaves no waits and drops all that was ordered',
    () => {
      fc.assert(
        fc.property(block, path, fc.nat(12), (root, picks, point) => {
          const p = new Play(modelOf(root));
          wander(p, picks[Symbol.iterator](), point);
          fc.pre(p.state.status === 'active');
          const open = Object.values(p.state.waits)
            .filter(
              (w) =>
                (w.kind === 'job' && w.listener?.event !== 'canceling') ||
                w.kind === 'call' ||
                (w.kind === 'event' && w.triggers.some((t) => t.type === 'timer')),
            )
            .map((wait) => wait.key);
          p.send({ type: 'cancel', reason: 'withdrawn', by: someone });
          expect(p.last.commands.flatMap((c) => (c.do === 'drop' ? [c.key] : [])).sort()).toEqual(open.sort());
          // Listeners that are told of tasks taken away come before the end.
          for (const job of p.waits('job')) p.send({ type: 'job-completed', ...jobOf(job), variables: {} });
          for (const job of p.waits('job')) p.send({ type: 'job-completed', ...jobOf(job), variables: {} });
          expect(p.state.status).toBe('cancelled');
          expect(p.state.waits).toEqual({});
          expect(p.last.commands.at(-1)).toMatchObject({ do: 'end', status: 'cancelled' });
        }),
        { numRuns: runs },
      );
    },
    timeout,
  );

  test(
    'it can be told at any point what is waited for',
    () => {
      fc.assert(
        fc.property(block, path, fc.nat(12), (root, picks, point) => {
          const p = new Play(modelOf(root));
          wander(p, picks[Symbol.iterator](), point);
          const { summary, waits } = explain(p.plan, p.state, p.env);
          expect(summary.zh).not.toBe('');
          for (const wait of waits) expect(wait.canMove || wait.problem !== undefined).toBe(true);
        }),
        { numRuns: Math.ceil(runs / 3) },
      );
    },
    timeout,
  );
});

function startOf(p: Play): { pick: number } {
  return p.startVariables as { pick: number };
}
