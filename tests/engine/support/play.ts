/** Plays an instance in memory on virtual time: feeds events, keeps what came out, and checks what must hold after every step. */

import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { createInstance, step } from '../../../engine/index.ts';
import { incidentMessage } from '../../../engine/messages/incidents.ts';
import type { Plan, Variables } from '../../../engine/model/plan.ts';
import type {
  Command,
  EngineEvent,
  Env,
  Incident,
  InstanceState,
  JournalEntry,
  StepResult,
  TaskAction,
  Wait,
  WaitKind,
  WaitOf,
} from '../../../engine/model/types.ts';
import { decodeState, encodeState } from '../../../engine/snapshot/snapshot.ts';
import { addDuration } from '../../../engine/time/duration.ts';
import { calendar, jobOf, someone, startedAt } from './basics.ts';

export { calendar, jobOf, someone, startedAt };

/** As `toStrictEqual`, which takes its time: it is asked only for the words of a difference. */
function same(value: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(value, expected)) expect(value, what).toStrictEqual(expected);
}

export class Play {
  state: InstanceState;
  now = startedAt;
  readonly commands: Command[] = [];
  readonly journal: JournalEntry[] = [];
  last!: StepResult;
  readonly plan: Plan;

  constructor(plan: Plan, workingCalendar = calendar) {
    this.plan = plan;
    this.state = createInstance(plan, {
      id: `${plan.key}/K1`,
      businessKey: 'K1',
      definition: { key: plan.key, version: 1, hash: 'h' },
      calendar: workingCalendar,
      now: startedAt,
    });
  }

  get env(): Env {
    return { now: this.now, evaluator: createEvaluator(this.plan) };
  }

  send(event: EngineEvent): StepResult {
    const before = this.state;
    const frozen = JSON.stringify(before);
    const result = step(this.plan, before, event, this.env);
    expect(JSON.stringify(before), 'the state before is never changed').toBe(frozen);
    same(JSON.parse(JSON.stringify(result.state)), result.state, 'state is plain JSON');
    const touched = 'key' in event ? event.key : undefined;
    for (const [key, wait] of Object.entries(result.state.waits)) {
      // What the event is about is touched, also where it comes to the same: a retry that stops again.
      if (key === touched || before.waits[key] === undefined || before.waits[key] === wait) continue;
      if (JSON.stringify(before.waits[key]) === JSON.stringify(wait))
        expect(wait, 'an untouched wait keeps its identity').toBe(before.waits[key]);
    }
    const written = JSON.parse(JSON.stringify(encodeState(this.plan, result.state)));
    same(decodeState(this.plan, written), result.state, 'what is written is read as it was');
    this.last = result;
    this.state = result.state;
    this.commands.push(...result.commands);
    this.journal.push(...result.journal);
    return result;
  }

  startVariables: Variables = {};

  start(variables: Variables = {}, startEvent?: string): this {
    this.startVariables = variables;
    this.send(startEvent === undefined ? { type: 'start', variables } : { type: 'start', variables, startEvent });
    return this;
  }

  waits<K extends WaitKind>(kind: K): WaitOf<K>[] {
    return Object.values(this.state.waits).filter((wait): wait is WaitOf<K> => wait.kind === kind);
  }

  /** What waits at an element; an instance before the body it belongs to. */
  at(element: string): Wait {
    const here = Object.values(this.state.waits).filter((one) => one.element === element);
    const wait = here.find((one) => one.kind !== 'multi') ?? here[0];
    if (!wait) throw new Error(`Nothing waits at ${element}, only at ${this.waiting().join(', ')}.`);
    return wait;
  }

  /** Element ids of what waits, without scopes, sorted. */
  waiting(): string[] {
    return Object.values(this.state.waits)
      .filter((wait) => wait.kind !== 'scope')
      .map((wait) => wait.element)
      .sort();
  }

  job(element: string, variables: Variables = {}): this {
    this.send({ type: 'job-completed', ...jobOf(this.at(element)), variables });
    return this;
  }

  jobFails(element: string, errorCode?: string, variables?: Variables): this {
    const event: EngineEvent = { type: 'job-failed', ...jobOf(this.at(element)), code: 'boom', message: 'it broke' };
    this.send({ ...event, ...(errorCode !== undefined && { errorCode }), ...(variables && { variables }) });
    return this;
  }

  act(element: string, action: TaskAction, by = someone): this {
    this.send({ type: 'task', key: this.at(element).key, action, by });
    return this;
  }

  task(element: string, variables: Variables = {}, by = someone): this {
    return this.act(element, { type: 'complete', variables }, by);
  }

  message(name: string, more: { key?: string; variables?: Variables; id?: string; timeToLive?: string } = {}): this {
    const { key, variables = {}, id = `m${this.journal.length}-${name}`, timeToLive } = more;
    this.send({
      type: 'message',
      id,
      name,
      variables,
      ...(key !== undefined && { correlationKey: key }),
      ...(timeToLive !== undefined && { timeToLive }),
    });
    return this;
  }

  retry(element: string): this {
    this.send({ type: 'retry', key: this.at(element).key, by: someone });
    return this;
  }

  set(variables: Variables, scope?: string): this {
    this.send({ type: 'set-variables', variables, by: someone, ...(scope !== undefined && { scope }) });
    return this;
  }

  /** Virtual time goes on; timers fire at their due dates, in order. */
  advance(duration: string): this {
    const until = addDuration(this.now, duration, 'Asia/Shanghai');
    for (let timer = this.nextTimer(); timer !== undefined && timer.dueAt <= until; timer = this.nextTimer()) {
      if (timer.dueAt > this.now) this.now = timer.dueAt;
      this.send({ type: 'timer', key: timer.key, trigger: timer.trigger });
    }
    this.now = until;
    return this;
  }

  nextTimer(): { key: string; trigger: number; dueAt: string } | undefined {
    return this.waits('event')
      .flatMap((wait) =>
        wait.triggers.flatMap((trigger, index) =>
          trigger.type === 'timer' && !wait.fired?.includes(index)
            ? [{ key: wait.key, trigger: index, dueAt: trigger.dueAt }]
            : [],
        ),
      )
      .sort((a, b) => (a.dueAt < b.dueAt ? -1 : 1))[0];
  }

  get variables(): Variables {
    const root = this.state.waits[this.state.root];
    if (root) return root.variables ?? {};
    const end = this.commands.findLast((command) => command.do === 'end');
    return end?.do === 'end' ? end.variables : {};
  }

  /** What was completed, in order. */
  completed(): string[] {
    return this.journal.flatMap((entry) =>
      entry.kind === 'element-completed' && entry.element ? [entry.element] : [],
    );
  }

  commandsTo<D extends Command['do']>(what: D): Extract<Command, { do: D }>[] {
    return this.commands.filter((command): command is Extract<Command, { do: D }> => command.do === what);
  }

  incident(element: string): (Incident & { message: string }) | undefined {
    const { incident } = this.at(element);
    return incident && { ...incident, message: incidentMessage(incident.params).zh };
  }
}

export function play(plan: Plan, variables: Variables = {}): Play {
  return new Play(plan).start(variables);
}
