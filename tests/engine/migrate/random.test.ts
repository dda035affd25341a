/** Properties of migration, whatever the model and wherever it stands. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explain } from '../../../engine/index.ts';
import { runs, someBlock } from '../support/amount.ts';
import { modelOf } from '../support/models.ts';
import { Play } from '../support/play.ts';
import { picks, wander } from '../support/random-run.ts';
import { extended, migrated, migrating } from './migrated.ts';

const timeout = 120_000;

test(
  'to the same plan changes nothing but the version it runs by',
  () => {
    fc.assert(
      fc.property(someBlock, picks, fc.nat(25), fc.boolean(), (root, stream, point, reevaluate) => {
        const p = new Play(modelOf(root));
        const from = stream[Symbol.iterator]();
        p.start({ pick: from.next().value as number });
        wander(p, from, point);
        fc.pre(p.state.status === 'active');
        const options = reevaluate ? ({ timers: 'reevaluate', messages: 'reevaluate' } as const) : {};
        const { state, report, commands, journal } = migrating(p, structuredClone(p.plan), options);
        expect(report.filter((line) => line.outcome !== 'stays')).toEqual([]);
        expect(commands).toEqual([]);
        expect(journal).toMatchObject([{ kind: 'instance-migrated', data: { from: 1, to: 2 } }]);
        const { definition, journalLength } = p.state;
        expect(state).toEqual({
          ...p.state,
          definition: { ...definition, version: 2, hash: 'h2' },
          journalLength: journalLength + 1,
        });
      }),
      { numRuns: runs },
    );
  },
  timeout,
);

test(
  'at any point to an extended plan leaves an instance that completes',
  () => {
    fc.assert(
      fc.property(someBlock, picks, fc.nat(25), (root, stream, point) => {
        const p = new Play(modelOf(root));
        const from = stream[Symbol.iterator]();
        p.start({ pick: from.next().value as number });
        wander(p, from, point);
        fc.pre(p.state.status === 'active');
        const next = migrated(p, extended(p.plan));
        explain(next.plan, next.state, next.env);
        wander(next, from, 4000);
        expect(next.state.status, JSON.stringify(next.state.waits)).toBe('completed');
        expect(next.state.waits).toEqual({});
        expect(next.journal.map((entry) => entry.n)).toEqual(next.journal.map((_, i) => i + 1));
      }),
      { numRuns: runs },
    );
  },
  timeout,
);
