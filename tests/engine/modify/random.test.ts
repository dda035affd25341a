/** Properties of modifications and skips, whatever the model and wherever it stands: done in order or refused, never half. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { explain } from '../../../engine/index.ts';
import type { InstanceState } from '../../../engine/model/types.ts';
import { modify } from '../../../engine/modify/modify.ts';
import type { Instruction } from '../../../engine/modify/types.ts';
import { runs, someBlock } from '../support/amount.ts';
import { modelOf } from '../support/models.ts';
import { jobOf, Play } from '../support/play.ts';
import { picks, wander } from '../support/random-run.ts';

const timeout = 120_000;
const operator = { id: 'ops-1', role: 'ops' };

/** Every scope counts just the tokens that live in it, and nothing hangs on what is gone. */
function expectSound(state: InstanceState): void {
  const waits = Object.values(state.waits);
  for (const wait of waits) {
    for (const around of [wait.scope, wait.host])
      if (around !== undefined) expect(state.waits[around], `around ${wait.key} ${wait.element}`).toBeDefined();
    if (wait.kind !== 'scope') continue;
    const inside = waits.filter((one) => one.scope === wait.key && one.key !== wait.key && one.host === undefined);
    expect([wait.element, wait.tokens]).toEqual([wait.element, inside.length]);
  }
}

function instructionOf(p: Play, what: number, whom: number, where: number): Instruction {
  const keys = Object.keys(p.state.waits);
  const elements = Object.values(p.plan.elements);
  const key = keys[whom % keys.length]!;
  const element = elements[where % elements.length]!;
  const flows = 'incoming' in element ? element.incoming : [];
  const flow = what % 5 === 0 && flows[0] !== undefined ? { flow: flows[0] } : {};
  const more = { ...flow, ...(what % 7 === 0 && { createScopes: true }) };
  if (what % 3 === 0) return { type: 'cancel', key };
  if (what % 3 === 1) return { type: 'move', key, to: element.id, ...more };
  return { type: 'start', element: element.id, where: what % 2 === 0 ? 'before' : 'after', ...more };
}

test(
  'a modification is done in order or refused with a reason, and the instance can always be told of and cancelled',
  () => {
    let done = 0;
    const number = fc.nat(10_000);
    const orders = fc.array(fc.tuple(number, number, number), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(someBlock, picks, fc.nat(20), orders, (root, stream, point, asked) => {
        const p = new Play(modelOf(root));
        const from = stream[Symbol.iterator]();
        p.start({ pick: from.next().value as number });
        wander(p, from, point);
        fc.pre(p.state.status === 'active');
        expectSound(p.state);
        const instructions = asked.map(([what, whom, where]) => instructionOf(p, what, whom, where));
        const env = { now: p.now, evaluator: createEvaluator(p.plan) };
        const before = JSON.stringify(p.state);
        const result = modify(p.plan, p.state, instructions, operator, env);
        expect(JSON.stringify(p.state)).toBe(before);
        if (result.refusal) {
          expect(result.refusal.message.zh).not.toBe('');
          expect(result.state).toBeUndefined();
          return;
        }
        done++;
        p.state = result.state!;
        expectSound(p.state);
        wander(p, from, 30);
        expectSound(p.state);
        explain(p.plan, p.state, p.env);
        if (p.state.status !== 'active') return;
        // The second time nobody waits for the listeners that the first has called.
        for (let i = 0; i < 2; i++) p.send({ type: 'cancel', reason: 'over', by: operator });
        expect(p.state.waits).toEqual({});
      }),
      { numRuns: runs * 3 },
    );
    expect(done, 'some are done').toBeGreaterThan(runs / 4);
  },
  timeout,
);

test(
  'an incident can be skipped wherever it stands, and the instance still completes',
  () => {
    let skipped = 0;
    fc.assert(
      fc.property(someBlock, picks, fc.nat(30), (root, stream, most) => {
        const p = new Play(modelOf(root));
        const from = stream[Symbol.iterator]();
        p.start({ pick: from.next().value as number });
        for (let i = 0; i < most && p.state.status === 'active'; i++) {
          const job = p.waits('job')[0];
          if (job) {
            p.send({ type: 'job-failed', ...jobOf(job), code: 'boom', message: 'it broke' });
            p.send({ type: 'skip', key: job.key, reason: 'by hand', by: operator });
            expect(p.last.refusal).toBeUndefined();
            // The next listener, or the element itself, may stand under the same key.
            expect(p.state.waits[job.key]).not.toEqual(job);
            skipped++;
            expectSound(p.state);
          }
          wander(p, from, 1);
        }
        wander(p, from, 3000);
        expect(p.state.status, JSON.stringify(p.state.waits)).toBe('completed');
      }),
      { numRuns: runs },
    );
    expect(skipped, 'some are skipped').toBeGreaterThan(0);
  },
  timeout,
);
