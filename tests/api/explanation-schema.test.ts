/** What the description of the API declares of an explanation is all that the engine tells. */
import { expect, it } from 'vitest';
import { explanationSchema } from '../../api/resources/instances/schemas.ts';
import { explain } from '../../engine/index.ts';
import { aPlan, feel, literal } from '../engine/support/plan.ts';
import { play } from '../engine/support/play.ts';

it.each([
  [{ candidateGroups: literal('cs-director'), dueDate: feel('add working days("2026-09-28T01:00:00Z", 3)') }, 'why'],
  [{ candidateGroups: literal('cs-director'), dueDate: literal('PT1H') }, 'why'],
  [{ assignee: feel('nobody') }, 'incident'],
])('the members of a wait are declared: %j', (user, member) => {
  const { plan, state, env } = play(aPlan().add('userTask', 'Contact', { user }).build());
  const told = JSON.parse(JSON.stringify(explain(plan, state, env)));
  expect(told.waits[0]).toHaveProperty(member);
  // The schema leaves out what it does not declare.
  expect(explanationSchema.parse(told)).toEqual(told);
});
