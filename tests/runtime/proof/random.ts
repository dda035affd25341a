/** Random models through a real worker: people, messages and errors come as they come; every instance must end as the core says. */
import { createHash } from 'node:crypto';
import { type WorkflowHandle, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import fc from 'fast-check';
import type { Job } from '../../../activities/types.ts';
import type { Plan, Variables } from '../../../engine/model/plan.ts';
import type { InstanceState, Wait } from '../../../engine/model/types.ts';
import { maySendAgain } from '../../../temporal/outcomes.ts';
import { queryNames, updateNames } from '../../../workflows/runtime/instance-messages.ts';
import { startEventOf } from '../../engine/support/beginnings.ts';
import type { Block } from '../../engine/support/block.ts';
import { calm } from '../../engine/support/events.ts';
import { block, blockKinds, modelOf, singleKinds } from '../../engine/support/models.ts';
import { aPlan, feel, literal } from '../../engine/support/plan.ts';
import { jobTypeOf, type Lab, type Mode, modes } from './lab.ts';
import { differenceFromCore } from './refold.ts';

/** An hour of the process takes a tenth of a second. */
const speed = 36_000;
/** Nothing happens for so long: it is stuck. Slow is not stuck: workers that replay everything, many at a time, take minutes. */
const patienceMs = 90_000;
const maxEvents = 3000;
const someone = { id: 'handler-bj', role: 'handler' };

/** What the call activities of the models call. */
const calledPlan: Plan = ofTheProof(
  aPlan('called')
    .add('startEvent', 'Start')
    .add('serviceTask', 'Work', { outputs: [{ source: feel('pick'), target: 'pick' }] })
    .add('exclusiveGateway', 'Late')
    .add('intermediateThrowEvent', 'Tell', { events: [{ type: 'escalation', code: literal('late') }] })
    .add('endEvent', 'End')
    .flow('Start', 'Work', 'Late')
    .branch('Late', 'Tell', { condition: 'modulo(pick, 3) = 0' })
    .branch('Late', 'End', { default: true })
    .flow('Tell', 'End')
    .build(),
);

/** The model under a name of its own, its jobs done by the proof's activities: one half local ones. */
function ofTheProof(plan: Plan, name = plan.key): Plan {
  const text = JSON.stringify(plan)
    .replaceAll('{"literal":"work"}', `{"literal":"${jobTypeOf.normal}"}`)
    .replaceAll('{"literal":"send"}', `{"literal":"${jobTypeOf.local}"}`)
    .replaceAll(`"${plan.key}"`, `"${name}"`)
    // Signals and messages reach every instance: each model has its own.
    .replace(
      /("type":"(?:signal|message)","name":|"message":\{"name":)\{"literal":"([^"]*)"\}/g,
      `$1{"literal":"$2-${name}"}`,
    );
  return JSON.parse(text) as Plan;
}

/** A number that looks random and is the same each time. */
function numberOf(...of: (string | number)[]): number {
  return createHash('sha256').update(of.join('/')).digest().readUInt16BE();
}

/** Some jobs fail at first with an error, which the model may catch. A job's answer depends on nothing but its name. */
export const work: Job = async (_input, { instance, key }) => {
  const pick = numberOf(instance, key);
  const again = failed.has(`${instance}#${key}`);
  if (pick % 5 === 0 && !again) {
    failed.add(`${instance}#${key}`);
    throw ApplicationFailure.nonRetryable('It broke.', 'BpmnError', 'E1');
  }
  return { pick };
};
const failed = new Set<string>();

type Act = () => Promise<unknown>;

/** What people and other systems could do to an instance as it stands. */
function possible(handle: WorkflowHandle, waits: Wait[], n: number): Act[] {
  const variables: Variables = { pick: n };
  return waits.flatMap((wait): Act[] => {
    const { key } = wait;
    const update = (name: string, payload: object) => () =>
      handle.executeUpdate(name, { args: [payload], updateId: `${name}-${key}-${n}` });
    if (wait.incident) return [update(updateNames.retry, { key, by: someone })];
    if (wait.kind === 'task')
      return [update(updateNames.task, { key, action: { type: 'complete', variables }, by: someone })];
    if (wait.kind !== 'event') return [];
    return wait.triggers.flatMap((trigger, index): Act[] => {
      if (wait.fired?.includes(index)) return [];
      if (trigger.type === 'message')
        return [update(updateNames.correlate, { id: `${key}-${n}`, name: trigger.name, variables, ...keyOf(trigger) })];
      if (trigger.type === 'signal') return [() => handle.signal('broadcast', { name: trigger.name, variables })];
      // Somebody changes what it looks at.
      if (trigger.type === 'conditional') return [update(updateNames.setVariables, { variables, by: someone })];
      return [];
    });
  });
}

/** From then on what only listens is left alone: non-interrupting events would keep an instance from its end by chance alone. */
const maxDawdle = 40;

function ownTokens(plan: Plan, { waits }: InstanceState): Wait[] {
  return Object.values(waits).filter(
    ({ element }) => !/^(boundaryEvent|startEvent)$/.test(plan.elements[element]?.kind ?? ''),
  );
}

const keyOf = ({ correlationKey }: { correlationKey?: string }) =>
  correlationKey === undefined ? {} : { correlationKey };

/** Somebody or something else was first; or the server asks to try again. */
function isMissed(error: unknown): true {
  const refused = error instanceof WorkflowUpdateFailedError || error instanceof WorkflowNotFoundError;
  if (refused || maySendAgain(error)) return true;
  throw error;
}

export interface RandomModel {
  n: number;
  plan: Plan;
  mode: Mode;
  seed: number;
}

/** The same ones for the same seed, each in the mode that is next. */
export function randomModels(seed: number, count: number, inModes: Mode[]): RandomModel[] {
  return fc.sample(block, { seed, numRuns: count }).map((root, n) => ({
    n,
    plan: ofTheProof(modelOf(root), `random-${n}-${inModes[n % inModes.length]}`),
    mode: inModes[n % inModes.length] as Mode,
    seed: seed + n,
  }));
}

/** One small model per kind of block, under the kind's name: with a user task, a job and a call inside where something goes inside. */
export function modelsOfEachKind(): RandomModel[] {
  const inside = (['user', 'job', 'call'] as const).map((kind): Block => ({ kind, inner: [] }));
  return blockKinds.map((kind, n) => ({
    n,
    plan: ofTheProof(modelOf({ kind, inner: singleKinds.has(kind) ? inside.slice(0, 1) : inside }), `kind-${kind}`),
    mode: 'normal',
    seed: n,
  }));
}

/** What the rows say may have to be done again: a task that ends the workflow while a timer fires is refused by the server. */
const endsSoon = async (lab: Lab, handle: WorkflowHandle): Promise<boolean> =>
  (await lab.soon(handle.result().then(() => true))) ?? false;

/** What the server has under way for an instance. */
async function underWay(handle: WorkflowHandle): Promise<string> {
  const { raw } = await handle.describe();
  const activities = raw.pendingActivities?.map(
    ({ activityType, attempt, lastFailure }) => `${activityType?.name} (${attempt}): ${lastFailure?.message}`,
  );
  const task = raw.pendingWorkflowTask
    ? `workflow task, attempt ${raw.pendingWorkflowTask.attempt}`
    : 'no workflow task';
  return `${raw.workflowExecutionInfo?.historyLength} events; ${task}; ${activities?.join('; ')}`;
}

const placesOf = (state: InstanceState | undefined): string =>
  JSON.stringify(Object.values(state?.waits ?? {}).filter((wait) => wait.kind !== 'scope'));

export const prepareRandom = (lab: Lab): Promise<void> => lab.deploy([calledPlan]);

/**
 * A worker that must forget an instance while one of its local activities is under way loses what the task was to tell (an SDK's fault, see
 * docs/proof.md): such a run says nothing of ours, and is made again.
 */
const maxRuns = 4;

/** @returns what is wrong with the instance, if anything */
export async function runRandom(lab: Lab, model: RandomModel): Promise<string | undefined> {
  await lab.deploy([model.plan]);
  for (let runs = 1; ; runs += 1) {
    const { id, problem } = await runOnce(lab, model);
    if (problem === undefined || runs === maxRuns || !modes[model.mode].evicted) return problem;
    if (!(await lostATask(lab, id))) return problem;
  }
}

/** Whether a workflow task of the instance, or of one it called, failed or timed out in any of its runs. */
async function lostATask(lab: Lab, id: string): Promise<boolean> {
  const called = lab.instancesOf(calledPlan.key).filter((one) => one.includes(`/${id.split('/')[1]}-`));
  for (const one of [id, ...called])
    for (let run: string | undefined = ''; run !== undefined; ) {
      const { events } = await lab.handle(one, run).fetchHistory();
      if (events?.some((event) => event.workflowTaskFailedEventAttributes ?? event.workflowTaskTimedOutEventAttributes))
        return true;
      run = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId || undefined;
    }
  return false;
}

async function runOnce(lab: Lab, model: RandomModel): Promise<{ id: string; problem: string | undefined }> {
  const { plan, mode, seed } = model;
  const startEvent = startEventOf(plan);
  const handle = await lab.start({
    plan,
    mode,
    variables: { pick: seed },
    speed,
    ...(startEvent !== undefined && { startEvent }),
  });
  const id = handle.workflowId;
  const problem = (what: string | undefined) => ({ id, problem: what });
  let [happened, quietSince] = [0, Date.now()];
  /** What instances say of themselves, where the rows may be ahead of them: they are written before the server has taken the task. */
  const asked = new Map<string, InstanceState>();
  const stateOf = (one: string) => asked.get(one) ?? lab.look(one)?.state;
  let acts = 0;
  let movedAt = Date.now();
  for (;;) {
    const state = stateOf(id);
    if (state && state.status !== 'active' && (await endsSoon(lab, handle))) break;
    acts++;
    const n = acts > maxDawdle ? calm(numberOf(seed, acts)) : numberOf(seed, acts);
    const called = lab.instancesOf(calledPlan.key).filter((one) => one.includes(`/${id.split('/')[1]}-`));
    const known = [id, ...called].reduce((sum, one) => sum + (lab.look(one)?.happened.length ?? 0), 0);
    if (known !== happened) [happened, quietSince] = [known, Date.now()];
    if (happened > maxEvents) return problem(`no end after ${happened} events: ${placesOf(state)}`);
    if (Date.now() - quietSince > patienceMs) return problem(`stuck (${await underWay(handle)}): ${placesOf(state)}`);
    if (Date.now() - movedAt > 10_000) {
      movedAt = Date.now();
      for (const one of [id, ...called]) {
        // Nothing is said by one that has not begun.
        const told = await lab
          .handle(one)
          .query<InstanceState>(queryNames.state)
          .catch(() => undefined);
        if (told) asked.set(one, told);
      }
    }
    const choices = [id, ...called].flatMap((one) => {
      const state = stateOf(one);
      if (state?.status !== 'active') return [];
      const waits = acts > maxDawdle ? ownTokens(one === id ? plan : calledPlan, state) : Object.values(state.waits);
      return possible(lab.handle(one), waits, n);
    });
    const act = choices[numberOf(seed, acts, 'choice') % choices.length];
    const before = lab.look(id)?.happened.length ?? 0;
    const refused = act && ((await lab.soon(act().then(() => false, isMissed))) ?? true);
    if (refused === false) {
      asked.clear();
      movedAt = Date.now();
    }
    if (refused !== false || (lab.look(id)?.happened.length ?? 0) === before) await lab.news();
  }
  const seen = lab.look(id);
  if (!seen) return problem('nothing was projected');
  if (seen.state.status !== 'completed') return problem(`ended as ${seen.state.status}`);
  if (Object.keys(seen.state.waits).length > 0) return problem(`left ${JSON.stringify(seen.state.waits)}`);
  return problem(differenceFromCore(plan, seen));
}
