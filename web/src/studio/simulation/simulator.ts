/**
 * One instance in memory, carried by the engine itself on virtual time. What the engine commands waits for whoever simulates: jobs and
 * calls are answered by hand, timers fire when time is moved on. Each step gives a new run; the ones before stay, to go back to.
 */
import { createEvaluator } from '../../../../engine/feel/evaluator.ts';
import { createInstance, step } from '../../../../engine/index.ts';
import type { Plan, Variables } from '../../../../engine/model/plan.ts';
import { rulesAt } from '../../../../engine/model/rule-parts.ts';
import type { Command, EngineEvent, InstanceState, JournalEntry, Refusal } from '../../../../engine/model/types.ts';

export interface Surroundings {
  plan: Plan;
  facility: string;
  calendar: InstanceState['calendar'];
  rules: Variables;
  /** Names of what a job type answers. */
  jobOutputs(type: string): readonly string[];
}

type CommandTo<Do extends Command['do']> = Extract<Command, { do: Do }>;
export type Timer = CommandTo<'arm-timer'>;

export interface SimulatedRun {
  /** Process time, ISO 8601 UTC. */
  now: string;
  state: InstanceState;
  journal: JournalEntry[];
  /** Where in the journal the last step begins. */
  lastStepAt: number;
  timers: Timer[];
  jobs: CommandTo<'run-job'>[];
  /** Messages, escalations and notices that left the instance, in words of the diagram. */
  sent: { at: string; kind: 'message' | 'escalation' | 'notice'; name: string }[];
  variables: Variables;
  refusal?: Refusal;
}

export const simulatedPerson = 'simulation';

export function begin(
  surroundings: Surroundings,
  { now, variables, startEvent }: { now: string; variables: Variables; startEvent?: string },
): SimulatedRun {
  const { plan, facility, calendar, rules } = surroundings;
  const businessKey = 'SIMULATION';
  const definition = { key: plan.key, version: 1, hash: 'simulation' };
  const state = createInstance(plan, { id: `${plan.key}/${businessKey}`, businessKey, definition, calendar, now });
  const given = {
    facility,
    rules: rulesAt(rules, plan.profile?.rules ?? []),
    businessKey,
    startedAt: now,
    startedBy: simulatedPerson,
  };
  const fresh: SimulatedRun = {
    now,
    state,
    journal: [],
    lastStepAt: 0,
    timers: [],
    jobs: [],
    sent: [],
    variables: {},
  };
  return happen(surroundings, fresh, {
    type: 'start',
    variables: { ...variables, ...given },
    by: { id: simulatedPerson },
    ...(startEvent !== undefined && { startEvent }),
  });
}

/** One event, and what the instance sends to itself because of it. */
export function happen(surroundings: Surroundings, before: SimulatedRun, event: EngineEvent): SimulatedRun {
  const { plan } = surroundings;
  const env = {
    evaluator: createEvaluator(plan),
    now: before.now,
    intake: { jobOutputs: surroundings.jobOutputs, digest: (values: Variables) => JSON.stringify(values) },
  };
  let run: SimulatedRun = { ...before, lastStepAt: before.journal.length, refusal: undefined };
  const agenda = [event];
  for (let next = agenda.shift(); next; next = agenda.shift()) {
    const { state, commands, journal, refusal } = step(plan, run.state, next, env);
    // A message that the instance sends and nobody in it waits for has left it.
    const isRefused = next === event && refusal !== undefined;
    run = { ...run, state, journal: [...run.journal, ...journal], ...(isRefused && { refusal }) };
    for (const command of commands) run = carryOut(run, command, agenda);
  }
  const waits = run.state.waits;
  const timers = run.timers.filter(({ key }) => Object.hasOwn(waits, key));
  const jobs = run.jobs.filter(({ key }) => Object.hasOwn(waits, key));
  return { ...run, timers, jobs, variables: variablesOf(run) };
}

function carryOut(run: SimulatedRun, command: Command, agenda: EngineEvent[]): SimulatedRun {
  const sending = (kind: SimulatedRun['sent'][number]['kind'], name: string) => ({
    ...run,
    sent: [...run.sent, { at: run.now, kind, name }],
  });
  switch (command.do) {
    case 'run-job':
      return { ...run, jobs: [...run.jobs, command] };
    case 'arm-timer':
      return { ...run, timers: [...run.timers, command] };
    case 'publish-message': {
      const { name, correlationKey, variables } = command;
      const id = `${name}-${run.journal.length}`;
      agenda.push({ type: 'message', id, name, variables, ...(correlationKey !== undefined && { correlationKey }) });
      return sending('message', name);
    }
    case 'broadcast-signal': {
      const { id, name, variables } = command;
      agenda.push({ type: 'signal', id, name, variables });
      return run;
    }
    case 'escalate':
      return sending('escalation', command.code);
    case 'tell':
      return sending('notice', command.clock.name ?? command.clock.id);
    case 'drop':
      return { ...run, timers: run.timers.filter(({ key }) => key !== command.key) };
    case 'end':
      return { ...run, variables: command.variables };
    // What is called waits for its answer.
    case 'call':
      return run;
  }
}

/** The timer that fires first; undefined: none is armed. */
export const nextTimer = ({ timers }: SimulatedRun): Timer | undefined =>
  [...timers].sort((a, b) => a.dueAt.localeCompare(b.dueAt))[0];

/** Advances the time to an instant; all timers up to then fire. @param most limit of timers, in case a timer cycle never ends */
export function advanceTo(surroundings: Surroundings, before: SimulatedRun, instant: string, most = 500): SimulatedRun {
  let run = before;
  for (let fired = 0; fired < most; fired += 1) {
    const timer = nextTimer(run);
    if (!timer || timer.dueAt > instant) break;
    const rest = run.timers.filter((one) => one !== timer);
    const now = timer.dueAt > run.now ? timer.dueAt : run.now;
    const { key, trigger } = timer;
    run = happen(surroundings, { ...run, now, timers: rest }, { type: 'timer', key, trigger });
  }
  return { ...run, now: instant > run.now ? instant : run.now, lastStepAt: before.journal.length };
}

/** Those of the process; where it has ended, what it ended with. */
function variablesOf({ state, variables }: SimulatedRun): Variables {
  const root = state.waits[state.root];
  return root?.kind === 'scope' ? root.variables : variables;
}
