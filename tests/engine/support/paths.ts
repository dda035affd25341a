/**
 * One random path through a model at the core, with everything that must hold after each step; needs no test runner. The same events are
 * fed to a second life whose state is written down and read again after each step, as a continued-as-new run has it.
 */

import { isDeepStrictEqual } from 'node:util';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { createInstance, explain, step } from '../../../engine/index.ts';
import { incidentHint } from '../../../engine/messages/incidents.ts';
import type { ElementId, Plan } from '../../../engine/model/plan.ts';
import type {
  Command,
  EngineEvent,
  InstanceState,
  JournalEntry,
  Key,
  StepResult,
  Wait,
} from '../../../engine/model/types.ts';
import { decodeState, encodeState } from '../../../engine/snapshot/snapshot.ts';
import { randomNumbers } from '../../support/random-numbers.ts';
import { calendar, jobOf, someone, startedAt } from './basics.ts';
import { startEventOf } from './beginnings.ts';
import { calm, oneOf, possible, repeatable } from './events.ts';

export interface Walked {
  steps: number;
  events: { event: EngineEvent; now: string }[];
  /** What does not hold, and where. */
  problem?: string;
  incidents: number;
  /** How often each element came to its end. */
  reached: Map<ElementId, number>;
}

/** From then on what only listens is left alone: events that keep making tokens would keep the instance from its end by chance alone. */
const maxDawdle = 60;
/** Nor is more begun beside what is there already. */
const maxWaits = 80;
const maxSteps = 3000;
/** Retried this often while nothing else could move: retrying is not what helps. */
const maxRetries = 10;

class Broken extends Error {}
function must(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Broken(what());
}

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const text = (value: unknown): string => JSON.stringify(value);
/** Equal texts are the common case, and cheap to compare. */
const isSame = (one: unknown, other: unknown): boolean => text(one) === text(other) || isDeepStrictEqual(one, other);

/** Comes back from JSON as it is. */
function isPlain(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isPlain);
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain);
}

/** Of a path of a model of a seed. */
export function pathNumbers(seed: number, model: number, path: number): () => number {
  const next = randomNumbers(seed * 1_000_003 + model * 1009 + path);
  return () => next() % 10_000;
}

/** @param pick the next random number */
export function walk(plan: Plan, pick: () => number): Walked {
  const walked: Walked = { steps: 0, events: [], incidents: 0, reached: new Map() };
  try {
    goThrough(plan, pick, walked);
  } catch (error) {
    walked.problem = error instanceof Broken ? error.message : `it threw: ${(error as Error).stack}`;
  }
  return walked;
}

function goThrough(plan: Plan, pick: () => number, walked: Walked): void {
  const evaluator = createEvaluator(plan);
  let state = firstState(plan);
  let now = startedAt;
  let written = text(state);
  let carried = state;
  const commands: Command[] = [];
  const journal: JournalEntry[] = [];
  const ordered = new Map<string, Key>();

  const send = (event: EngineEvent): StepResult => {
    walked.steps++;
    walked.events.push({ event, now });
    const result = step(plan, state, event, { now, evaluator });
    must(text(state) === written, () => `${event.type} changed the state before`);
    must(isPlain(result.state), () => `the state after ${event.type} is not plain JSON`);
    const other = step(plan, carried, event, { now, evaluator });
    must(
      isSame(other, result),
      () => `${event.type} does something else with the state as written down and read again`,
    );
    carried = decodeState(plan, plain(encodeState(plan, other.state)));
    must(
      isPlain(carried) && isSame(carried, result.state),
      () => `what is written after ${event.type} is read otherwise`,
    );
    if (!repeatable(event)) {
      const again = step(plan, result.state, event, { now, evaluator });
      const isNothing = again.state === result.state && again.commands.length === 0 && again.journal.length === 0;
      must(isNothing, () => `${text(event)} counts twice: ${text(again.journal)}`);
    }
    const former = walked.events[(walked.steps * 31) % walked.events.length]!.event;
    if (tooLate(former, result.state)) {
      const late = step(plan, result.state, former, { now, evaluator });
      must(
        late.state === result.state && late.commands.length === 0,
        () => `${text(former)} counts when it is too late`,
      );
    }
    commands.push(...result.commands);
    journal.push(...result.journal);
    for (const { kind, element } of result.journal)
      if (kind === 'element-completed' && element !== undefined)
        walked.reached.set(element, (walked.reached.get(element) ?? 0) + 1);
    state = result.state;
    written = text(state);
    keepOrders(ordered, event, result.commands);
    sound(plan, state, ordered);
    explained(plan, state, now);
    return result;
  };

  const startEvent = startEventOf(plan);
  send({ type: 'start', variables: { pick: pick() }, ...(startEvent !== undefined && { startEvent }) });
  let hopeless = 0;
  for (let i = 0; state.status === 'active'; i++) {
    must(i < maxSteps, () => `no end after ${maxSteps} steps, at ${places(state)}`);
    walked.incidents += resolve(state, send, pick);
    if (state.status !== 'active') break;
    const dawdles = i < maxDawdle && Object.keys(state.waits).length < maxWaits;
    const n = dawdles ? pick() : calm(pick());
    const pressing = dawdles ? [] : possible({ ...state, waits: ownTokens(plan, state) }, n);
    const isHopeless = i >= maxDawdle && pressing.length === 0 && hasIncident(state) && ++hopeless > maxRetries;
    must(!isHopeless, () => `a retry does not help: ${places(state)}`);
    const events = pressing.length > 0 ? pressing : possible(state, n);
    if (events.length === 0 && hasIncident(state)) {
      must(++hopeless <= maxRetries, () => `a retry does not help: ${places(state)}`);
      continue;
    }
    must(events.length > 0, () => `stuck at ${places(state)}`);
    const event = oneOf(events, n);
    if (event.type === 'timer') now = later(now, state.waits[event.key], event.trigger);
    send(event);
  }
  must(state.status === 'completed', () => `it ended as ${state.status}`);
  must(Object.keys(state.waits).length === 0, () => `it left ${text(state.waits)}`);
  must(ordered.size === 0, () => `at the end ${[...ordered.keys()]} is still ordered`);
  must(commands.filter((one) => one.do === 'end').length === 1, () => 'it did not end once');
  must(
    journal.every((entry, i) => entry.n === i + 1),
    () => 'the journal has gaps',
  );
  replayed(plan, walked.events, { state, commands, journal });
}

function firstState(plan: Plan): InstanceState {
  return createInstance(plan, {
    id: `${plan.key}/K1`,
    businessKey: 'K1',
    definition: { key: plan.key, version: 1, hash: 'h' },
    calendar,
    now: startedAt,
  });
}

/** What comes for something that is gone changes nothing, however late it is. */
function tooLate(event: EngineEvent, state: InstanceState): boolean {
  return 'key' in event && !Object.hasOwn(state.waits, event.key);
}

/** All incidents are retried, or passed over where that is allowed; one that is there again is left for another step. */
function resolve(state: InstanceState, send: (event: EngineEvent) => StepResult, pick: () => number): number {
  let found = 0;
  for (const { key, incident } of Object.values(state.waits)) {
    if (!incident) continue;
    found++;
    const n = pick();
    const skip: EngineEvent = { type: 'skip', key, reason: 'done by hand', variables: { pick: n }, by: someone };
    if (n % 3 > 0 || send(skip).refusal) send({ type: 'retry', key, by: someone });
  }
  return found;
}

const hasIncident = (state: InstanceState): boolean => Object.values(state.waits).some(({ incident }) => incident);

const places = (state: InstanceState): string =>
  Object.values(state.waits)
    .filter(({ kind }) => kind !== 'scope')
    .map(({ kind, element, incident }) => `${kind} ${element}${incident ? ` (${incident.code})` : ''}`)
    .join(', ');

function ownTokens(plan: Plan, state: InstanceState): Record<string, Wait> {
  const listens = ({ element }: Wait) => /^(boundaryEvent|startEvent)$/.test(plan.elements[element]?.kind ?? '');
  return Object.fromEntries(Object.entries(state.waits).filter(([, wait]) => !listens(wait)));
}

function later(now: string, wait: Wait | undefined, index: number): string {
  const trigger = wait?.kind === 'event' ? wait.triggers[index] : undefined;
  return trigger?.type === 'timer' && trigger.dueAt > now ? trigger.dueAt : now;
}

/** What the runtime has been asked for and has not been told to drop. */
function keepOrders(ordered: Map<string, Key>, event: EngineEvent, commands: Command[]): void {
  if (event.type === 'job-completed') ordered.delete(`job ${event.key} ${event.part ?? ''}`);
  if (event.type === 'job-failed') ordered.delete(`job ${event.key} ${event.part ?? ''}`);
  if (event.type === 'call-completed' || event.type === 'call-failed') ordered.delete(`call ${event.key}`);
  if (event.type === 'timer') ordered.delete(`timer ${event.key} ${event.trigger}`);
  for (const command of commands) {
    if (command.do === 'run-job') ordered.set(`job ${command.key} ${command.part ?? ''}`, command.key);
    if (command.do === 'call') ordered.set(`call ${command.key}`, command.key);
    if (command.do === 'arm-timer') ordered.set(`timer ${command.key} ${command.trigger}`, command.key);
    if (command.do === 'drop') for (const [name, key] of ordered) if (key === command.key) ordered.delete(name);
  }
}

/** Each scope counts just its tokens, nothing hangs on what is gone, and what is waited for is just what was ordered. */
function sound(plan: Plan, state: InstanceState, ordered: Map<string, Key>): void {
  const waits = Object.values(state.waits);
  const expected = new Set<string>();
  for (const wait of waits) {
    for (const around of [wait.scope, wait.host])
      must(around === undefined || state.waits[around] !== undefined, () => `${wait.element} hangs on what is gone`);
    if (wait.kind === 'scope') {
      const inside = waits.filter((one) => one.scope === wait.key && one.key !== wait.key && one.host === undefined);
      must(
        wait.tokens === inside.length,
        () => `${wait.element} counts ${wait.tokens} tokens, but holds ${inside.map((one) => one.element)}`,
      );
    }
    if (wait.incident) continue;
    if (wait.kind === 'job') expected.add(`job ${wait.key} ${jobOf(wait).part ?? ''}`);
    if (wait.kind === 'call') expected.add(`call ${wait.key}`);
    if (wait.kind === 'event')
      wait.triggers.forEach((trigger, i) => {
        if (trigger.type === 'timer' && !wait.fired?.includes(i)) expected.add(`timer ${wait.key} ${i}`);
      });
  }
  for (const name of expected) must(ordered.has(name), () => `${name} is waited for, but nobody ordered it`);
  for (const [name, key] of ordered)
    must(
      expected.has(name) || state.waits[key]?.incident !== undefined,
      () => `${name} was ordered and never dropped (${plan.key})`,
    );
}

/** Everything that waits can be told of; what nothing can move is told to be so. */
function explained(plan: Plan, state: InstanceState, now: string): void {
  if (state.status !== 'active') return;
  const explanation = explain(plan, state, { now, evaluator: createEvaluator(plan) });
  const told = new Map(explanation.waits.map((wait) => [wait.key, wait]));
  for (const wait of Object.values(state.waits)) {
    if (wait.kind === 'scope' || wait.kind === 'gateway') continue;
    const one = told.get(wait.key);
    must(one !== undefined && one.what.zh !== '' && one.what.en !== '', () => `nothing is said of ${wait.element}`);
    if (wait.incident)
      must(
        one.problem !== undefined && incidentHint(wait.incident.code).en !== '',
        () => `no way out of ${wait.element}`,
      );
    if (one.canMove)
      must(movable(state, wait), () => `${wait.kind} ${wait.element} can move, it says, but nothing moves it`);
  }
}

/** Something can happen to it, or to what it waits for. */
function movable(state: InstanceState, wait: Wait): boolean {
  if (possible({ ...state, waits: { [wait.key]: wait } }, 5).length > 0) return true;
  if (wait.kind === 'multi') return Object.values(state.waits).some((one) => one.host === wait.key);
  if (wait.kind === 'join')
    return Object.values(state.waits).some((one) => one.scope === wait.scope && one.kind !== 'join');
  // Errors, escalations, cancellations and compensation come from what it guards.
  return wait.kind === 'event' && (wait.host === undefined || state.waits[wait.host] !== undefined);
}

/** The same events once more from the beginning. */
function replayed(
  plan: Plan,
  events: Walked['events'],
  first: { state: InstanceState; commands: Command[]; journal: JournalEntry[] },
): void {
  const evaluator = createEvaluator(plan);
  let state = firstState(plan);
  const commands: Command[] = [];
  const journal: JournalEntry[] = [];
  for (const { event, now } of events) {
    const result = step(plan, state, event, { now, evaluator });
    state = result.state;
    commands.push(...result.commands);
    journal.push(...result.journal);
  }
  must(isDeepStrictEqual({ state, commands, journal }, first), () => 'the same events lead elsewhere when replayed');
}
