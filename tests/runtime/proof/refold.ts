/** Folds what reached a running instance at the pure core again: state and journal must come out the same. */
import { isDeepStrictEqual } from 'node:util';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { createInstance, step } from '../../../engine/index.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import type { Command, InstanceState, JournalEntry } from '../../../engine/model/types.ts';
import type { JournalRow } from '../../../store/runtime/rows.ts';
import type { Seen } from './seen.ts';
import type { Happened } from './workflows.ts';

/** @returns what differs from the core; nothing when all is equal */
export function differenceFromCore(plan: Plan, seen: Seen): string | undefined {
  const { id, businessKey, depth, definition, calendar, startedAt } = seen.state;
  const lines = [...seen.journal].sort((a, b) => a.n - b.n);
  const gap = lines.findIndex((line, index) => line.n !== index + 1);
  if (gap >= 0) return `line ${gap + 1} of the journal is missing or there twice`;
  const evaluator = createEvaluator(plan);
  const about = { id, businessKey, definition, calendar, now: startedAt };
  let state = createInstance(plan, { ...about, ...(depth !== undefined && { depth }) });
  const ordered: Command[] = [];
  const journal: JournalEntry[] = [];
  for (const { event, now } of seen.happened) {
    state = withOwnLines(state, lines, journal);
    const early = earlyOrUnasked(event, now, state, ordered);
    if (early) return early;
    const result = step(plan, JSON.parse(JSON.stringify(state)), event, { now, evaluator });
    if (result.refusal) return `the core refuses ${event.type}: ${result.refusal.code}`;
    ({ state } = result);
    ordered.push(...result.commands);
    journal.push(...result.journal);
  }
  state = withOwnLines(state, lines, journal);
  if (!isDeepStrictEqual(plain(state), plain(seen.state)))
    return `the state is not the core's: ${differences(plain(seen.state), plain(state)).join('; ')}`;
  if (journal.length !== lines.length) return `${lines.length} lines in the journal instead of ${journal.length}`;
  const other = journal.findIndex((entry, index) => !isDeepStrictEqual(lineOf(entry), lineOf(lines[index]!)));
  return other < 0
    ? undefined
    : `line ${other + 1} is ${JSON.stringify(lines[other])}, at the core ${JSON.stringify(journal[other])}`;
}

/** The runtime may only tell of what was ordered, and of a timer not before its date. */
function earlyOrUnasked({ type, ...event }: Happened['event'], now: string, state: InstanceState, ordered: Command[]) {
  if (!('key' in event)) return undefined;
  const order = { 'job-completed': 'run-job', 'job-failed': 'run-job', timer: 'arm-timer' }[type as string];
  if (order && !ordered.some((command) => command.do === order && 'key' in command && command.key === event.key))
    return `${type} of ${event.key}, which nobody ordered`;
  const wait = state.waits[event.key];
  const trigger = wait?.kind === 'event' && 'trigger' in event ? wait.triggers[event.trigger] : undefined;
  return trigger?.type === 'timer' && trigger.dueAt > now ? `the timer ${event.key} fired early` : undefined;
}

/** Acts the runtime itself refused, and what became of messages thrown, stand in its journal only. */
const ofTheRuntime: readonly string[] = ['act-refused', 'message-buffered', 'message-undelivered'];

function withOwnLines(before: InstanceState, lines: JournalRow[], journal: JournalEntry[]): InstanceState {
  let state = before;
  for (let line = lines[journal.length]; line && ofTheRuntime.includes(line.kind); line = lines[journal.length]) {
    journal.push(line as JournalEntry);
    state = { ...state, journalLength: line.n };
  }
  return state;
}

/** Where two values differ, and how. */
function differences(one: unknown, other: unknown, at = ''): string[] {
  if (isDeepStrictEqual(one, other)) return [];
  const isInner = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
  if (!isInner(one) || !isInner(other)) return [`${at} is ${JSON.stringify(one)} instead of ${JSON.stringify(other)}`];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.flatMap((name) => differences(one[name], other[name], `${at}/${name}`));
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function lineOf({ n, at, kind, element, key, by, data }: JournalEntry | JournalRow): unknown {
  return plain({ n, at, kind, element, key, by, data });
}
