/**
 * Instances in memory on virtual time: carries out what the engine commands, as the runtime does on a server. Jobs are answered at
 * once, called processes run along, timers fire in order, messages go to one taker. No clock of the host.
 */
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { createInstance, step } from '../../engine/index.ts';
import type { Variables } from '../../engine/model/plan.ts';
import { rulesAt } from '../../engine/model/rule-parts.ts';
import type { Command, EngineEvent, InstanceState, Key, Refusal } from '../../engine/model/types.ts';
import { decodeState, encodeState } from '../../engine/snapshot/snapshot.ts';
import { intakeOf } from '../../workflows/runtime/intake.ts';
import { answerTo } from './answers.ts';
import { witness } from './covered/tally.ts';
import { recordStep } from './recorded-stories.ts';
import type { CommandTo, Delivery, JobRun, Running, Sent, Timer, World, WorldSettings } from './running.ts';
import { startedBy } from './starters.ts';

/** More steps than this without time going by, or timers in one go, are a circle. */
const most = 100_000;

export function createWorld(settings: WorldSettings): World {
  const { calendar } = settings;
  const everyone: Running[] = [];
  const told: World['told'] = [];
  const jobs: JobRun[] = [];
  const sent: Sent[] = [];
  /** What is to happen at this very time, in order. */
  const agenda: (() => void)[] = [];
  const touched = new Set<Running>();
  let now = settings.now;
  let counter = 0;

  const planOf = (process: string) =>
    settings.definitions
      .flatMap((loaded) => loaded.plans.map((plan) => ({ loaded, plan })))
      .find(({ plan }) => plan.key === process);

  function begin(
    process: string,
    businessKey: string,
    variables: Variables,
    startEvent?: string,
    parent?: Running['parent'],
  ): Running {
    const found = planOf(process);
    if (!found) throw new Error(`There is no process ${process}; known are ${known().join(', ')}.`);
    const { loaded, plan } = found;
    const definition = { key: process, version: 1, hash: 'test' };
    const depth = parent && { depth: (parent.of.state.depth ?? 0) + 1 };
    const id = `${process}/${businessKey}`;
    const state = createInstance(plan, { id, businessKey, definition, calendar, now, ...depth });
    const running: Running = {
      loaded,
      plan,
      state,
      journal: [],
      timers: [],
      calls: new Map(),
      ...(parent && { parent }),
    };
    everyone.push(running);
    const { startedBy } = settings;
    const rules = rulesAt(settings.common.rules, plan.profile?.rules ?? []);
    const own = { ...settings.common, rules, businessKey, startedAt: now, startedBy };
    const event: EngineEvent = { type: 'start', variables: { ...variables, ...own }, by: { id: startedBy } };
    take(running, startEvent === undefined ? event : { ...event, startEvent });
    return running;
  }

  const known = () => settings.definitions.flatMap(({ plans }) => plans.map(({ key }) => key));

  function take(running: Running, event: EngineEvent): Refusal | undefined {
    recordStep(running, event, now);
    const intake = intakeOf(running.plan);
    const env = { now, evaluator: createEvaluator(running.plan), ...(intake && { intake }) };
    const { state, commands, journal, refusal } = step(running.plan, running.state, event, env);
    running.state = state;
    touched.add(running);
    running.journal.push(...journal);
    witness(running.loaded, running.plan, journal);
    for (const command of commands) carryOut(running, command);
    return refusal;
  }

  function settle(): void {
    for (let steps = 0; agenda.length > 0; steps++) {
      if (steps > most) throw new Error(`More than ${most} steps at ${now}: the process goes round in a circle.`);
      agenda.shift()!();
    }
    if (settings.written) for (const running of touched) running.state = stored(running);
    touched.clear();
  }

  function happen<T>(act: () => T): T {
    const result = act();
    settle();
    return result;
  }

  function carryOut(running: Running, command: Command): void {
    switch (command.do) {
      case 'run-job':
        runJob(running, command);
        return;
      case 'arm-timer': {
        const { key, trigger, dueAt } = command;
        running.timers.push({ key, trigger, dueAt });
        return;
      }
      case 'call':
        agenda.push(() => call(running, command));
        return;
      case 'drop':
        drop(running, command.key);
        return;
      case 'tell':
        told.push({ limit: command.clock.id, roles: command.clock.tell, at: now, clock: command.clock });
        return;
      case 'end':
        running.outcome = command;
        running.timers = [];
        if (running.parent) answerCaller(running.parent, command);
        return;
      case 'escalate': {
        const { code, variables } = command;
        const { parent } = running;
        if (parent)
          agenda.push(() =>
            take(parent.of, { type: 'call-escalated', key: parent.key, code, variables: own(variables) }),
          );
        return;
      }
      case 'publish-message': {
        const { name, correlationKey, variables } = command;
        agenda.push(() => {
          const { taker } = deliver(name, correlationKey, variables);
          sent.push({ name, variables, taker, ...(correlationKey !== undefined && { correlationKey }) });
        });
        return;
      }
      case 'broadcast-signal':
        agenda.push(() => broadcast(command.name, command.variables, command.id));
        return;
    }
  }

  function runJob(running: Running, command: CommandTo<'run-job'>): void {
    const { key, type, element, input, headers, part } = command;
    jobs.push({ type, element, input, headers, ...(part !== undefined && { listener: part }) });
    const which = part === undefined ? {} : { part };
    const answer = answerTo(settings.jobs.get(type), input);
    if (answer.how === 'later') return;
    agenda.push(() => {
      if (answer.how === 'done') take(running, { type: 'job-completed', key, variables: answer.variables, ...which });
      else if (answer.how === 'failure')
        take(running, { type: 'job-failed', key, code: 'failed', message: answer.message, ...which });
      else {
        const { code: errorCode, message, variables } = answer;
        const event: EngineEvent = { type: 'job-failed', key, code: 'BpmnError', message, errorCode, ...which };
        take(running, variables ? { ...event, variables } : event);
      }
    });
  }

  function call(running: Running, command: CommandTo<'call'>): void {
    const { key, process, businessKey, variables } = command;
    // It may have been cancelled since.
    if (running.state.waits[key]?.kind !== 'call') return;
    const mock = settings.calls.get(process);
    if (mock !== undefined) {
      const answer = answerTo(mock, variables);
      if (answer.how === 'later') return;
      if (answer.how === 'done') take(running, { type: 'call-completed', key, variables: answer.variables });
      else if (answer.how === 'failure')
        take(running, { type: 'call-failed', key, code: 'failed', message: answer.message });
      else {
        const { code: errorCode, message } = answer;
        take(running, { type: 'call-failed', key, code: 'unhandled-error', message, errorCode });
      }
    } else if (planOf(process)) {
      running.calls.set(key, begin(process, businessKey, variables, undefined, { of: running, key }));
    } else {
      const message = `The process ${process} is not known here: add its definition to \`definitions\`, or mock it in \`calls\`.`;
      take(running, { type: 'call-failed', key, code: 'unknown-process', message });
    }
  }

  function drop(running: Running, key: Key): void {
    running.timers = running.timers.filter((timer) => timer.key !== key);
    const child = running.calls.get(key);
    running.calls.delete(key);
    if (child && !child.outcome)
      agenda.push(() => take(child, { type: 'cancel', reason: 'dropped', by: { id: 'system' } }));
  }

  /** As a caller on a server sees it: a process ended by a terminate end event has ended normally. */
  function answerCaller({ of, key }: { of: Running; key: Key }, { status, variables, error }: CommandTo<'end'>): void {
    agenda.push(() => {
      if (status === 'completed' || status === 'terminated')
        take(of, { type: 'call-completed', key, variables: own(variables) });
      else if (status === 'cancelled')
        take(of, { type: 'call-failed', key, code: 'call-cancelled', message: 'The called process was cancelled.' });
      else {
        const { code = 'unknown', message = '' } = error ?? {};
        take(of, {
          type: 'call-failed',
          key,
          code: 'unhandled-error',
          message,
          errorCode: code,
          brought: own(variables),
        });
      }
    });
  }

  /** What every instance is given at its start stays its own. */
  function own(variables: Variables): Variables {
    const given = new Set([...Object.keys(settings.common), 'businessKey', 'startedAt', 'startedBy']);
    return Object.fromEntries(Object.entries(variables).filter(([name]) => !given.has(name)));
  }

  function deliver(name: string, correlationKey: string | undefined, variables: Variables): Delivery {
    const message = { name, variables, ...(correlationKey !== undefined && { correlationKey }) };
    let refused: Refusal | undefined;
    for (const running of everyone) {
      if (running.state.status !== 'active') continue;
      refused = take(running, { type: 'message', id: `message-${++counter}`, ...message });
      if (!refused) return { taker: running.state.id };
    }
    for (const { plans } of settings.definitions)
      for (const plan of plans) {
        const startEvent = startedBy(plan, 'message', name);
        if (startEvent === undefined) continue;
        const started = begin(plan.key, correlationKey ?? `${plan.key}-${++counter}`, variables, startEvent);
        return { taker: started.state.id };
      }
    return { taker: null, refusal: refused ?? notWaiting };
  }

  function broadcast(name: string, variables: Variables, id = `signal-${++counter}`): void {
    // Who is there when the signal is thrown; instances it starts do not hear it again.
    for (const running of [...everyone])
      if (running.state.status === 'active') take(running, { type: 'signal', id, name, variables });
    for (const { plans } of settings.definitions)
      for (const plan of plans) {
        const startEvent = startedBy(plan, 'signal', name);
        if (startEvent !== undefined) begin(plan.key, `${plan.key}-${++counter}`, variables, startEvent);
      }
  }

  function passUntil(instant: string): void {
    for (let rung = 0; ; rung++) {
      if (rung > most) throw new Error(`More than ${most} timers until ${instant}: a timer rings in a circle.`);
      const due = nextTimer(instant);
      if (!due) break;
      const { running, timer } = due;
      running.timers = running.timers.filter((other) => other !== timer);
      if (timer.dueAt > now) now = timer.dueAt;
      happen(() => take(running, { type: 'timer', key: timer.key, trigger: timer.trigger }));
    }
    if (instant > now) now = instant;
  }

  function nextTimer(until: string): { running: Running; timer: Timer } | undefined {
    let next: { running: Running; timer: Timer } | undefined;
    for (const running of everyone)
      for (const timer of running.timers)
        if (timer.dueAt <= until && (!next || timer.dueAt < next.timer.dueAt)) next = { running, timer };
    return next;
  }

  return {
    everyone,
    now: () => now,
    begin: (process, businessKey, variables, startEvent) => {
      const running = happen(() => begin(process, businessKey, variables, startEvent));
      passUntil(now);
      return running;
    },
    feed(to, event) {
      const refusal = happen(() => take(to, event));
      passUntil(now);
      return refusal;
    },
    send(name, correlationKey, variables) {
      const { refusal } = happen(() => deliver(name, correlationKey, variables));
      passUntil(now);
      return refusal;
    },
    signal(name, variables) {
      happen(() => broadcast(name, variables));
      passUntil(now);
    },
    passUntil,
    told,
    jobs,
    sent,
  };
}

const notWaiting: Refusal = {
  code: 'not-active',
  message: { zh: '没有正在运行的流程。', en: 'No instance is running.' },
  hint: { zh: '先启动流程。', en: 'Start one first.' },
};

/** The calendar is not the engine's to change. */
function stored({ plan, state }: Running): InstanceState {
  const { calendar } = state;
  const short = { ...calendar, off: {}, worked: {}, years: {} };
  const written = JSON.parse(JSON.stringify(encodeState(plan, { ...state, calendar: short })));
  return { ...decodeState(plan, written), calendar };
}
