/** Which rules an instance gets: those its process names, of one version of the rule set, for all it calls too. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Plan } from '../../engine/model/plan.ts';
import { saveRules } from '../../store/organisation/rule-sets.ts';
import { changeUpdates } from '../../workflows/runtime/change-messages.ts';
import { queryNames, type VariablesSnapshot } from '../../workflows/runtime/instance-messages.ts';
import { aPlan, literal } from '../engine/support/plan.ts';
import { firstTask, type Runtime, startRuntime, taskAt } from '../support/runtime.ts';

let runtime: Runtime;

const withRules = (plan: Plan, rules?: string[]): Plan => ({
  ...plan,
  profile: { candidateStarterGroups: [], leaderGroups: [], stages: [], columns: [], ...(rules && { rules }) },
});
const user = { user: { candidateGroups: literal('handler') } };

beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, []);
  const calling = aPlan('calling')
    .add('startEvent', 'Start')
    .add('userTask', 'Before', user)
    .add('callActivity', 'Call', { process: literal('called') })
    .flow('Start', 'Before', 'Call')
    .build();
  const called = aPlan('called').add('startEvent', 'Start').add('userTask', 'Inside', user).flow('Start', 'Inside');
  await runtime.deployPlan(withRules(calling, ['limits.closure']));
  await runtime.deployPlan(withRules(called.build(), ['refund']));
});
afterAll(() => runtime?.close());

async function rulesOf(instance: string): Promise<unknown> {
  const told = await runtime.client.workflow.getHandle(instance).query<VariablesSnapshot, []>(queryNames.variables);
  return told.scopes[0]?.variables['rules'];
}

/** In force at once, in the place of the one that was. */
const changed = (version: number, generalDirectorAboveCents: number) =>
  saveRules({
    key: 'beijing',
    name: '北京',
    region: 'beijing',
    validFrom: '2026-01-01',
    version,
    rules: { limits: { closure: 'P9D', refund: 'PT1H' }, refund: { generalDirectorAboveCents } },
  });

test('an instance gets the rules its process names, and what it calls takes its own from the same version', async () => {
  const calling = await runtime.start('calling');
  const { key } = await firstTask(calling);
  expect(await rulesOf(calling.workflowId)).toEqual({ limits: { closure: 'P7D' } });

  await changed(2, 1);
  await runtime.act(calling, { key, action: { type: 'complete', variables: {} }, by: { id: 'handler-bj' } });
  const called = runtime.client.workflow.getHandle(
    `called/${calling.workflowId.split('/')[1]}-${await callKey(calling.workflowId)}`,
  );
  await taskAt(called, 'Inside');
  expect(await rulesOf(called.workflowId)).toMatchObject({
    refund: { generalDirectorAboveCents: 2_000_000, gmAboveCents: 5_000_000 },
  });

  const alone = await runtime.start('called');
  await firstTask(alone);
  expect(await rulesOf(alone.workflowId)).toEqual({ refund: { generalDirectorAboveCents: 1 } });
});

async function callKey(instance: string): Promise<string> {
  const { waits } = await runtime.client.workflow
    .getHandle(instance)
    .query<{ waits: Record<string, { kind: string }> }, []>(queryNames.state);
  return Object.entries(waits).find(([, wait]) => wait.kind === 'call')?.[0] ?? '';
}

test('a version that names more rules gets them at the migration, of the version the instance began with', async () => {
  const plan = (rules?: string[]) =>
    withRules(
      aPlan('growing').add('startEvent', 'Start').add('userTask', 'Work', user).flow('Start', 'Work').build(),
      rules,
    );
  await changed(3, 3);
  await runtime.deployPlan(plan());
  const handle = await runtime.start('growing');
  await firstTask(handle);
  expect(await rulesOf(handle.workflowId)).toEqual({});

  await changed(4, 4);
  await runtime.deployPlan(plan(['refund']));
  await handle.executeUpdate(changeUpdates.migrate, { args: [{ version: 2, by: { id: 'ops' } }] });
  expect(await rulesOf(handle.workflowId)).toEqual({ refund: { generalDirectorAboveCents: 3 } });
});
