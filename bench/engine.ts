/**
 * The engine alone, in memory on one core: instances per second of ten service tasks and of ten script tasks, against bpmn-engine in
 * the same run; and what a step of a complaint costs and how large its state gets.
 * `npm run bench -- engine [--rounds=5] [--seconds=1]`
 */
import { Engine } from 'bpmn-engine';
import { BpmnModdle } from 'bpmn-moddle';
import { compile } from '../engine/compile/index.ts';
import { createEvaluator } from '../engine/feel/evaluator.ts';
import { createInstance, type EngineEvent, type InstanceState, type Plan, refuse, step } from '../engine/index.ts';
import { encodeState } from '../engine/snapshot/snapshot.ts';
import { windowed } from '../engine/time/calendar.ts';
import { chinaCalendar } from '../engine/time/china.ts';
import { planOf, ruleSets } from '../tests/support/shipped.ts';
import { complaintAnswers } from './support/answers.ts';
import { tenFeelScripts, tenJavaScripts, tenServiceTasks } from './support/definition-variants.ts';
import { load, median, option, ratio, rounded, table } from './support/numbers.ts';

const rounds = option('rounds', 5);
const seconds = option('seconds', 1);

const calendar = windowed(chinaCalendar(), 2025, 2029);
const now = '2026-11-20T01:00:00.000Z';

async function planFrom(xml: string): Promise<Plan> {
  const { plans, problems } = await compile(xml);
  const [plan] = plans;
  if (!plan) throw new Error(problems.map((problem) => problem.message).join(' '));
  return plan;
}

const newState = (plan: Plan): InstanceState =>
  createInstance(plan, {
    id: `${plan.key}/1`,
    businessKey: '1',
    definition: { key: plan.key, version: 1, hash: 'f'.repeat(64) },
    calendar,
    now,
  });

/** One instance from its start to its end, each job answered as soon as it is asked for. */
function runOurs(plan: Plan): void {
  const env = { now, evaluator: createEvaluator(plan) };
  const events: EngineEvent[] = [{ type: 'start', variables: { n: 0 } }];
  let state = newState(plan);
  for (let event = events.shift(); event; event = events.shift()) {
    const result = step(plan, state, event, env);
    state = result.state;
    for (const command of result.commands)
      if (command.do === 'run-job') events.push({ type: 'job-completed', key: command.key, variables: {} });
  }
  if (state.status !== 'completed') throw new Error('The instance has not ended.');
}

/** Read once, as our plan is compiled once. */
async function theirs(xml: string): Promise<() => Promise<void>> {
  const moddleContext = await new BpmnModdle().fromXML(xml);
  return async () => {
    const engine = new Engine({
      name: 'ten',
      moddleContext: moddleContext as never,
      variables: { n: 0 },
      services: { work: (_: unknown, done: () => void) => done() },
    } as never);
    const execution = await engine.execute();
    if (execution.state !== 'idle') await engine.waitFor('end');
  };
}

async function perSecond(run: () => void | Promise<void>): Promise<number> {
  // CPU time, not the clock on the wall: other programs of the machine do not count.
  const begun = process.cpuUsage();
  let count = 0;
  for (;;) {
    for (let i = 0; i < 10; i++) await run();
    count += 10;
    const { user, system } = process.cpuUsage(begun);
    if (user + system > seconds * 1e6) return count / ((user + system) / 1e6);
  }
}

async function instances(): Promise<void> {
  const services = await planFrom(tenServiceTasks);
  const scripts = await planFrom(tenFeelScripts);
  const runs: Record<string, () => void | Promise<void>> = {
    'service tasks': () => runOurs(services),
    'script tasks': () => runOurs(scripts),
    'service tasks, bpmn-engine': await theirs(tenServiceTasks),
    'script tasks, bpmn-engine': await theirs(tenJavaScripts),
  };
  const results = new Map(Object.keys(runs).map((name) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round++)
    for (const [name, run] of Object.entries(runs)) {
      const rate = await perSecond(run);
      // The first round warms up.
      if (round > 0) results.get(name)?.push(rate);
    }
  const rate = (name: string) => median(results.get(name) ?? []);
  const row = (name: string) => [
    `ten ${name}`,
    rounded(rate(name), 0),
    rounded(rate(`${name}, bpmn-engine`), 0),
    ratio(rate(name), rate(`${name}, bpmn-engine`)),
  ];
  console.log(
    table(
      ['instances per second of CPU', 'careloop', 'bpmn-engine', 'ratio'],
      [row('service tasks'), row('script tasks')],
    ),
  );
}

/** A complaint to its end, a step every hour. @param look called with the state after each step */
function playComplaint(plan: Plan, variables: Record<string, never>, look: (state: InstanceState) => void): number {
  const env = { now, evaluator: createEvaluator(plan) };
  const events: EngineEvent[] = [{ type: 'start', variables }];
  let state = newState(plan);
  let steps = 0;
  const hour = 3_600_000;
  const begun = Date.parse(now);
  for (;;) {
    const event = events.shift() ?? act(state);
    if (!event) break;
    if (event.type === 'task' && refuse(plan, state, event, env)) throw new Error('An act was refused.');
    const result = step(plan, state, event, env);
    state = result.state;
    steps += 1;
    env.now = new Date(begun + steps * hour).toISOString();
    look(state);
    for (const command of result.commands)
      if (command.do === 'run-job') events.push({ type: 'job-completed', key: command.key, variables: {} });
  }
  if (state.status !== 'completed') throw new Error(`The complaint is ${state.status}.`);
  return steps;
}

function act(state: InstanceState): EngineEvent | undefined {
  const task = Object.values(state.waits).find((wait) => wait.kind === 'task');
  if (task?.kind !== 'task') return undefined;
  const variables = complaintAnswers[task.element];
  if (!variables) throw new Error(`There is no answer for ${task.element}.`);
  const role = task.task.candidateGroups[0] ?? 'cs-director';
  return { type: 'task', key: task.key, action: { type: 'complete', variables }, by: { id: `${role}-bj`, role } };
}

/** Without variables (its data) and the calendar (its facility's, the same for all). */
function bare(state: InstanceState): InstanceState {
  const { id, version, zone } = state.calendar;
  const waits = Object.entries(state.waits).map(([key, wait]) => [key, { ...wait, variables: {} }]);
  return {
    ...state,
    waits: Object.fromEntries(waits),
    calendar: { id, version, zone, years: {}, off: {}, worked: {} },
  };
}

const bytes = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

const medianAndMost = (sizes: number[]): string => `${rounded(median(sizes), 0)} / ${rounded(Math.max(...sizes), 0)}`;

async function complaint(): Promise<void> {
  const plan = await planOf('complaint');
  const rules = ruleSets().find((set) => set.region === 'beijing')?.rules;
  const variables = {
    caseNumber: 'BJ2026110001',
    channel: 'hotline',
    receivedAt: now,
    emergency: false,
    seriousEvent: false,
    businessKey: 'BJ2026110001',
    facility: 'BJ',
    startedAt: now,
    startedBy: 'intake-bj',
    rules,
  } as never;
  const written: number[] = [];
  const inMemory: number[] = [];
  const whole: number[] = [];
  const steps = playComplaint(plan, variables, (state) => {
    written.push(bytes(encodeState(plan, bare(state))));
    inMemory.push(bytes(bare(state)));
    whole.push(bytes(encodeState(plan, state)));
  });
  const ignore = () => {};
  for (let i = 0; i < 200; i++) playComplaint(plan, variables, ignore);
  const each: number[] = [];
  for (let round = 0; round < rounds; round++)
    each.push(1e6 / (await perSecond(() => void playComplaint(plan, variables, ignore))) / steps);
  console.log(
    table(
      ['a complaint', ''],
      [
        ['steps (each act checked by `refuse` first)', String(steps)],
        ['CPU per step, µs', rounded(median(each), 0)],
        ['plan, bytes', rounded(bytes(plan), 0)],
        ['state as written, without data and calendar, bytes: median / largest', medianAndMost(written)],
        ['the same with them', medianAndMost(whole)],
        ['state as the engine has it, without data and calendar', medianAndMost(inMemory)],
      ],
    ),
  );
}

console.log(`${rounds} rounds; load ${load()}\n`);
await instances();
console.log();
await complaint();
console.log(`\nload ${load()}`);
