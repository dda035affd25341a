/** The processes of one file on virtual time, at the core alone: the smallest runtime that carries out commands. */

import { startsBy } from '../../engine/analysis/starts.ts';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { createInstance, step } from '../../engine/index.ts';
import { incidentMessage } from '../../engine/messages/incidents.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { Command, EngineEvent, InstanceState, JournalEntry, Wait } from '../../engine/model/types.ts';
import { runScript } from './scripts.ts';

const calendar = { id: 'none', version: 1, zone: 'UTC', years: {}, off: {}, worked: {} };
const begin = Date.UTC(2026, 0, 5);
/** Enough for any case; more is a loop that never ends. */
const maxSteps = 5_000;

interface Running {
  plan: Plan;
  state: InstanceState;
  journal: JournalEntry[];
}

interface Caller {
  of: Running;
  key: string;
}

interface Planned {
  at: number;
  order: number;
  instance: Running;
  key: string;
  run: () => void;
}

interface PendingMessage {
  id: string;
  name: string;
  correlationKey?: string;
  variables: Variables;
}

export interface Observed {
  log: string[];
  /** `code element: message` of every incident that stands at the end. */
  incidents: { code: string; element: string; message: string }[];
  /** Codes of errors that ended an instance. */
  errors: string[];
  /** Every instance there was, in the order of their starts. */
  instances: { status: InstanceState['status']; journal: { kind: string; element?: string }[] }[];
}

export function newWorld(plans: Plan[]) {
  let now = begin;
  let counter = 0;
  let steps = 0;
  let marked = false;
  const log: string[] = [];
  const instances: Running[] = [];
  const callers = new Map<Running, Caller>();
  const called = new Set<Running>();
  const agenda: Planned[] = [];
  const messages: PendingMessage[] = [];
  const spans: { from: number; to: number }[] = [];

  function plan(at: number, instance: Running, key: string, run: () => void): void {
    agenda.push({ at, order: ++counter, instance, key, run });
  }

  function send(instance: Running, event: EngineEvent): void {
    if (++steps > maxSteps) throw new Error(`More than ${maxSteps} steps: the case does not end.`);
    const env = { now: new Date(now).toISOString(), evaluator: createEvaluator(instance.plan) };
    // State is plain JSON: what does not survive serialising would show here.
    const { state, commands, journal } = step(instance.plan, structuredClone(instance.state), event, env);
    instance.state = state;
    instance.journal.push(...journal);
    for (const command of commands) carryOut(instance, command);
    deliver();
  }

  function start(of: Plan, variables: Variables, startEvent?: string, caller?: Caller): Running {
    const id = `${of.key}/${++counter}`;
    const instance: Running = {
      plan: of,
      journal: [],
      state: createInstance(of, {
        id,
        businessKey: id,
        definition: { key: of.key, version: 1, hash: 'case' },
        calendar,
        now: new Date(now).toISOString(),
      }),
    };
    instances.push(instance);
    if (caller) callers.set(instance, caller);
    send(instance, { type: 'start', variables, ...(startEvent && { startEvent }) });
    return instance;
  }

  function carryOut(instance: Running, command: Command): void {
    switch (command.do) {
      case 'run-job':
        runJob(instance, command);
        return;
      case 'arm-timer':
        plan(Math.max(now, Date.parse(command.dueAt)), instance, command.key, () =>
          send(instance, { type: 'timer', key: command.key, trigger: command.trigger }),
        );
        return;
      case 'drop':
        for (let index = agenda.length - 1; index >= 0; index--)
          if (agenda[index]!.instance === instance && agenda[index]!.key === command.key) agenda.splice(index, 1);
        return;
      case 'publish-message': {
        const { name, correlationKey, variables } = command;
        messages.push({
          id: String(++counter),
          name,
          variables,
          ...(correlationKey !== undefined && { correlationKey }),
        });
        return;
      }
      case 'broadcast-signal':
        plan(now, instance, `signal-${++counter}`, () => broadcast(command.id, command.name, command.variables));
        return;
      case 'call':
        call(instance, command);
        return;
      case 'escalate': {
        const { code, variables } = command;
        const caller = callers.get(instance);
        if (caller)
          plan(now, caller.of, caller.key, () =>
            send(caller.of, { type: 'call-escalated', key: caller.key, code, variables }),
          );
        return;
      }
      case 'tell':
      case 'end':
        return;
    }
  }

  function runJob(instance: Running, command: Extract<Command, { do: 'run-job' }>): void {
    const { elements, key: process } = instance.plan;
    const script = command.headers['script'] ?? '';
    const from = now;
    const read = (name: string) => command.input[name];
    const result = runScript(script, elements[command.element]!, elements[process], read);
    plan(now + result.takesMs, instance, command.key, () => {
      log.push(...result.log);
      if (result.marks) marked = true;
      if (result.timed) spans.push({ from, to: now });
      if (result.fails)
        send(instance, {
          type: 'job-failed',
          key: command.key,
          code: 'script-failed',
          message: 'The script threw an error.',
          errorCode: result.fails.errorCode,
        });
      else
        send(instance, {
          type: 'job-completed',
          key: command.key,
          variables: result.variables,
          ...(command.part !== undefined && { part: command.part }),
        });
    });
  }

  function call(instance: Running, command: Extract<Command, { do: 'call' }>): void {
    const process = plans.find((other) => other.key === command.process);
    if (!process) {
      plan(now, instance, command.key, () =>
        send(instance, { type: 'call-failed', key: command.key, code: 'unknown-process', message: 'No such process.' }),
      );
      return;
    }
    const child = start(process, command.variables, undefined, { of: instance, key: command.key });
    called.add(child);
    const settle = (): void => {
      if (child.state.status === 'active') {
        plan(now + 1, instance, command.key, settle);
        return;
      }
      const { error } = child.state;
      if (error) send(instance, { type: 'call-failed', key: command.key, ...error, errorCode: error.code });
      else send(instance, { type: 'call-completed', key: command.key, variables: {} });
    };
    plan(now, instance, command.key, settle);
  }

  function broadcast(id: string, name: string, variables: Variables): void {
    // Who is there when the signal is thrown; instances it starts do not hear it again.
    const listening = [...instances];
    for (const instance of listening)
      if (instance.state.status === 'active') send(instance, { type: 'signal', id, name, variables });
    for (const other of plans) {
      const event = startedBy(other, 'signal', name);
      if (event) start(other, variables, event);
    }
  }

  /** Each message goes to one taker: an instance that waits for it, else a process it starts; else it waits itself. */
  function deliver(): void {
    for (const message of [...messages]) {
      // What a message before it has set off may have taken it.
      if (!messages.includes(message)) continue;
      const taker = instances.find(({ state }) => Object.values(state.waits).some((wait) => takes(wait, message)));
      const starting = taker ? undefined : plans.find((other) => startedBy(other, 'message', message.name));
      if (!taker && !starting) continue;
      messages.splice(messages.indexOf(message), 1);
      if (taker) send(taker, { type: 'message', ...message });
      else if (starting) start(starting, message.variables, startedBy(starting, 'message', message.name));
    }
  }

  function run(waitMs: number | undefined): Observed {
    const until = begin + (waitMs ?? Number.POSITIVE_INFINITY);
    for (;;) {
      agenda.sort((a, b) => a.at - b.at || a.order - b.order);
      const next = agenda.shift();
      if (!next || next.at > until) break;
      now = next.at;
      next.run();
    }
    const overlap = spans.some((a, index) => spans.some((b, other) => other > index && a.from < b.to && b.from < a.to));
    const waits = instances.flatMap(({ state }) => Object.values(state.waits));
    return {
      log: [...log, ...(marked ? ['MARKER_exists'] : []), ...(overlap ? ['EXECUTION_parallel'] : [])],
      incidents: waits.flatMap(({ incident, element }) =>
        incident ? [{ code: incident.code, element, message: incidentMessage(incident.params).zh }] : [],
      ),
      // What a called instance ends by goes to its caller.
      errors: instances.flatMap((instance) =>
        instance.state.status === 'failed' && !called.has(instance) ? [instance.state.error?.code ?? 'unknown'] : [],
      ),
      instances: instances.map(({ state: { status }, journal }) => ({ status, journal })),
    };
  }

  return { start, run };
}

function takes(wait: Wait, message: PendingMessage): boolean {
  if (wait.kind !== 'event') return false;
  return wait.triggers.some(
    (trigger, index) =>
      trigger.type === 'message' &&
      trigger.name === message.name &&
      trigger.correlationKey === message.correlationKey &&
      !wait.fired?.includes(index),
  );
}

/** The start event (or instantiating element) of a process that a message or signal starts. */
const startedBy = (plan: Plan, type: 'message' | 'signal', name: string): string | undefined =>
  startsBy(plan, type).find((start) => start.name === name)?.element;

/**
 * Where a process without a start of its own begins when it is started by hand: what would start it is taken to have happened,
 * as a test does that does not wait for the date of a timer.
 */
export function startByHand(plan: Plan): string | undefined {
  const process = plan.elements[plan.key];
  if (process?.kind !== 'process' || process.starts.length > 0) return undefined;
  return Object.values(plan.elements).find(({ kind, parent }) => kind === 'startEvent' && parent === plan.key)?.id;
}
