/** Where an instance would go for each choice of a task. */
import { expect, test } from 'vitest';
import { foreseeChoices } from '../../engine/explain/foresee.ts';
import type { PlanForm } from '../../engine/model/plan.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { type Play, play } from './support/play.ts';

const decision: PlanForm = {
  id: 'decision',
  fields: [
    {
      key: 'decision',
      type: 'choice',
      label: '意见',
      required: true,
      options: [
        { value: 'approve', label: '同意' },
        { value: 'reject', label: '不同意' },
      ],
    },
    { key: 'reason', type: 'text', label: '理由', required: true, hiddenWhen: 'decision = "approve"' },
  ],
};

/** Approved, it goes on to the president; otherwise it ends. */
const approval = () =>
  play(
    aPlan()
      .form(decision)
      .add('userTask', 'Approve', { user: { candidateGroups: literal('head'), formId: 'decision' } })
      .add('exclusiveGateway', 'Agreed')
      .add('userTask', 'President', { user: { candidateGroups: literal('president') } })
      .add('endEvent', 'End')
      .flow('Approve', 'Agreed')
      .branch('Agreed', 'President', { condition: 'decision = "approve"' })
      .branch('Agreed', 'End', { default: true })
      .build(),
  );

const foreseeFor = (p: Play) => {
  const [wait] = Object.values(p.state.waits).filter((one) => one.kind === 'task');
  if (!wait) throw new Error('There is no task.');
  return foreseeChoices(p.plan, p.state, wait.key, { id: 'a', role: 'head' }, p.env);
};

test('each choice leads to those who come next, or to the end', () => {
  const p = approval();
  const before = JSON.stringify(p.state);
  expect(foreseeFor(p)).toMatchObject([
    {
      label: '同意',
      ends: false,
      next: [{ element: 'President', kind: 'task', task: { candidateGroups: ['president'] } }],
    },
    { label: '不同意', ends: true, next: [] },
  ]);
  expect(JSON.stringify(p.state)).toBe(before);
});

test('a path that cannot be evaluated is not predicted', () => {
  const p = play(
    aPlan()
      .form(decision)
      .add('userTask', 'Approve', { user: { candidateGroups: literal('head'), formId: 'decision' } })
      .add('scriptTask', 'Sum', { script: { source: feel('missing + 1'), resultVariable: 'sum' } })
      .flow('Approve', 'Sum')
      .build(),
  );
  expect(foreseeFor(p)).toEqual([]);
});
