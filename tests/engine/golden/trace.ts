/**
 * Golden traces: what the engine made of the events of an instance, step by step, kept per engine revision with the plan it ran by. A
 * trace of revision n holds for every later revision up to the next trace of the same name, and for instances of revision n for ever.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { createInstance, step } from '../../../engine/index.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import type { EngineEvent, StepResult } from '../../../engine/model/types.ts';
import type { WorkingCalendar } from '../../../engine/time/calendar.ts';
import type { StoryStep } from '../../kit/recorded-stories.ts';

/** What an instance was given; the same for every revision. */
export interface Course extends Pick<StoryStep, 'id' | 'businessKey' | 'startedAt'> {
  events: { now: string; event: EngineEvent }[];
}

/** What came of one event: in short, to read a difference by, and a digest of all of it. */
export interface Outcome {
  journal: string[];
  commands: string[];
  waits: string[];
  digest: string;
}

/** Instances of one process. */
export interface Trace {
  plan: Plan;
  courses: (Course & { outcomes: Outcome[] })[];
}

const folder = dirname(fileURLToPath(import.meta.url));

/** The calendar is data: a new edition of it is no change of the engine. */
const calendar = (): WorkingCalendar => JSON.parse(readFileSync(join(folder, 'calendar.json'), 'utf8'));

/** @returns what the engine of today makes of the events, for an instance that began with this revision */
export function outcomesOf(plan: Plan, { events, id, businessKey, startedAt }: Course, revision: number): Outcome[] {
  const evaluator = createEvaluator(plan);
  const definition = { key: plan.key, version: 1, hash: 'golden' };
  const start = { id, businessKey, definition, revision, calendar: calendar(), now: startedAt };
  let state = createInstance(plan, start);
  return events.map(({ now, event }) => {
    const result = step(plan, state, event, { now, evaluator });
    state = result.state;
    return outcomeOf(result);
  });
}

function outcomeOf({ state, commands, journal, refusal }: StepResult): Outcome {
  const line = (...parts: (string | undefined)[]) => parts.filter((part) => part !== undefined).join(' ');
  const { calendar: _, revision: __, ...own } = state;
  const whole = { state: own, commands, journal, refusal: refusal?.code ?? null };
  return {
    journal: journal.map(({ kind, element, key }) => line(kind, element, key)),
    commands: commands.map((one) =>
      line(one.do, 'element' in one ? one.element : undefined, 'key' in one ? one.key : undefined),
    ),
    waits: Object.values(state.waits).map(({ kind, element, key, incident }) =>
      line(kind, element, key, incident?.code),
    ),
    digest: createHash('sha256')
      .update(JSON.stringify(canonical(whole)))
      .digest('base64url')
      .slice(0, 12),
  };
}

/** In one order, and without the words beside a code: how something is said to people is no behaviour. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const said = 'code' in value ? ['message', 'hint'] : [];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, one]) => one !== undefined && !said.includes(name))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, canonical(one)]),
  );
}

/** @returns what the engine of today does otherwise for an instance of this revision: the first such step, in words; undefined: nothing */
export function differenceOf({ plan, courses }: Trace, revision: number): string | undefined {
  for (const course of courses) {
    const found = difference(course, outcomesOf(plan, course, revision));
    if (found !== undefined) return `${course.id}, ${found}`;
  }
  return undefined;
}

export function difference({ events, outcomes }: Trace['courses'][number], now: Outcome[]): string | undefined {
  const n = outcomes.findIndex(({ digest }, i) => digest !== now[i]?.digest);
  if (n < 0) return undefined;
  const parts = (['journal', 'commands', 'waits'] as const).flatMap((part) => {
    const [before, after] = [outcomes[n]?.[part] ?? [], now[n]?.[part] ?? []];
    const gone = before.filter((one) => !after.includes(one)).map((one) => `- ${one}`);
    const added = after.filter((one) => !before.includes(one)).map((one) => `+ ${one}`);
    return gone.length + added.length > 0 ? [`${part}: ${[...gone, ...added].join(', ')}`] : [];
  });
  const what = parts.length > 0 ? parts.join('; ') : 'data of the state, the commands or the journal';
  return `step ${n + 1} (${events[n]?.event.type}): ${what}`;
}

const folderOf = (revision: number): string => join(folder, String(revision));

/** Revisions that have traces, ascending. */
export const recordedRevisions = (): number[] =>
  readdirSync(folder)
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);

const extension = '.jsonl';

export function traceNames(revision: number): string[] {
  if (!existsSync(folderOf(revision))) return [];
  return readdirSync(folderOf(revision))
    .filter((name) => name.endsWith(extension))
    .map((name) => name.slice(0, -extension.length))
    .sort();
}

const fileOf = (revision: number, name: string): string => join(folderOf(revision), `${name}${extension}`);

/** The plan, then each instance: one line for what it is, and one for each event and what came of it. */
function readTrace(revision: number, name: string): Trace {
  const [plan = '', ...lines] = readFileSync(fileOf(revision, name), 'utf8').trimEnd().split('\n');
  const trace: Trace = { plan: JSON.parse(plan) as Plan, courses: [] };
  for (const line of lines) {
    const read = JSON.parse(line) as Course | (Course['events'][number] & Outcome);
    if ('event' in read) {
      const { now, event, ...outcome } = read;
      const course = trace.courses.at(-1);
      course?.events.push({ now, event });
      course?.outcomes.push(outcome);
    } else trace.courses.push({ ...read, events: [], outcomes: [] });
  }
  return trace;
}

export function writeTrace(revision: number, name: string, { plan, courses }: Trace): void {
  const lines = courses.flatMap(({ events, outcomes, ...head }) => [
    head,
    ...events.map((one, i) => ({ ...one, ...outcomes[i] })),
  ]);
  mkdirSync(folderOf(revision), { recursive: true });
  writeFileSync(fileOf(revision, name), [plan, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

/** The newest trace of each name, as of a revision. */
export function tracesAsOf(revision: number): Map<string, Trace> {
  const traces = new Map<string, Trace>();
  for (const recorded of recordedRevisions())
    if (recorded <= revision) for (const name of traceNames(recorded)) traces.set(name, readTrace(recorded, name));
  return traces;
}
