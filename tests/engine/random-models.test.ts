/** Properties of every model: fast-check prints seed and path of a counterexample, and the shrunk model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explain } from '../../engine/index.ts';
import type { EngineEvent } from '../../engine/model/types.ts';
import { runs, someBlock } from './support/amount.ts';
import { repeatable } from './support/events.ts';
import { everyKind, kindsOf } from './support/kinds.ts';
import { block, modelOf } from './support/models.ts';
import { pathNumbers, walk } from './support/paths.ts';
import { jobOf, Play, someone } from './support/play.ts';
import { picks, wander } from './support/random-run.ts';

const timeout = 120_000;

/** Plays from the start on, until the end or until `most` events. */
function play(p: Play, from: Iterable<number>, most: number, onEvent?: (event: EngineEvent) => void): void {
  const picks = from[Symbol.iterator]();
  p.start({ pick: picks.next().value as number });
  wander(p, picks, most, onEvent);
}

describe('whatever the model and whatever happens', () => {
  test(
    'the instance completes and leaves nothing behind',
    () => {
      fc.assert(
        fc.property(someBlock, picks, (root, from) => {
          const p = new Play(modelOf(root));
          play(p, from, 2000);
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
        fc.property(someBlock, picks, (root, from) => {
          const p = new Play(modelOf(root));
          play(p, from, 60, (event) => {
            if (repeatable(event)) return;
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
        fc.property(someBlock, picks, (root, from) => {
          const model = modelOf(root);
          const first = new Play(model);
          const events: { event: EngineEvent; now: string }[] = [];
          play(first, from, 40, (event) => events.push({ event, now: first.now }));
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
        fc.property(someBlock, picks, fc.nat(12), (root, from, point) => {
          const p = new Play(modelOf(root));
          play(p, from, point);
          fc.pre(p.state.status === 'active');
          const open = Object.values(p.state.waits)
            .filter(
              (w) =>
                (w.kind === 'job' && w.listener?.event !== 'canceling') ||
                w.kind === 'call' ||
                (w.kind === 'event' && w.triggers.some((t, i) => t.type === 'timer' && !w.fired?.includes(i))),
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
    'a path holds all that is promised after each step, and so do its replay and the life that is written down and read again',
    () => {
      const seed = fc.readConfigureGlobal()?.seed ?? 2026;
      fc.sample(block, { seed, numRuns: runs * 2 }).forEach((root, m) => {
        const again = `npm run conformance:random -- --seed=${seed} --model=${m} --path=0`;
        expect(walk(modelOf(root), pathNumbers(seed, m, 0)).problem, again).toBeUndefined();
      });
    },
    timeout,
  );

  test(
    'every kind of element is drawn',
    () => {
      const kinds = new Set(fc.sample(block, 300).flatMap((root) => [...kindsOf(modelOf(root))]));
      expect(everyKind.filter((kind) => !kinds.has(kind))).toEqual([]);
    },
    timeout,
  );

  test(
    'it can be told at any point what is waited for',
    () => {
      fc.assert(
        fc.property(someBlock, picks, fc.nat(12), (root, from, point) => {
          const p = new Play(modelOf(root));
          play(p, from, point);
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
