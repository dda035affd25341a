/**
 * Records golden traces (`npm run traces`): replays the events of the newest trace of each name with the engine of today and keeps what is
 * different, for the current revision. `npm run traces -- fresh` takes the events anew from the stories that the tests of the definitions
 * and examples tell. What a release has is never written over.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ENGINE_REVISION, RELEASED_REVISION } from '../../../engine/core/revision.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import type { EngineEvent } from '../../../engine/model/types.ts';
import { loadDefinition } from '../../kit/load-definition.ts';
import type { StoryStep } from '../../kit/recorded-stories.ts';
import { calendar } from '../support/basics.ts';
import { type Course, differenceOf, outcomesOf, type Trace, tracesAsOf, writeTrace } from './trace.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const here = fileURLToPath(new URL('.', import.meta.url));

/** Larger events (a whole calendar) make the course too large to keep. */
const largestEvent = 4000;
const longestCourse = 40;
/** Stories of one process, each of which reaches something the ones before do not. */
const mostCourses = 3;

const isReleased = ENGINE_REVISION <= RELEASED_REVISION;

function keep(name: string, plan: Plan, courses: Course[]): void {
  const trace: Trace = {
    plan,
    courses: courses.map(({ id, businessKey, startedAt, events }) => {
      const course = { id, businessKey, startedAt, events };
      return { ...course, outcomes: outcomesOf(plan, course, ENGINE_REVISION) };
    }),
  };
  writeTrace(ENGINE_REVISION, name, trace);
  console.log(`${name}: ${courses.map(({ events }) => events.length).join(' + ')} events`);
}

function recordDifferences(): void {
  for (const [name, trace] of tracesAsOf(ENGINE_REVISION)) {
    const found = differenceOf(trace, ENGINE_REVISION);
    if (found === undefined) continue;
    if (isReleased)
      throw new Error(`A release has engine revision ${ENGINE_REVISION}: raise it first. ${name}: ${found}`);
    keep(name, trace.plan, trace.courses);
  }
}

async function recordStories(): Promise<void> {
  const calendarFile = join(here, 'calendar.json');
  if (!existsSync(calendarFile)) writeFileSync(calendarFile, `${JSON.stringify(calendar)}\n`);
  const stories = await storiesOf(playStories());
  if (!isReleased) rmSync(join(here, String(ENGINE_REVISION)), { recursive: true, force: true });
  const known = tracesAsOf(ENGINE_REVISION);
  for (const [name, { plan, courses }] of stories) if (!known.has(name)) keep(name, plan, chosen(plan, courses));
}

/** Plays the tests of the definitions and examples, and gives the events of each instance in order. */
function playStories(): StoryStep[][] {
  const folder = mkdtempSync(join(tmpdir(), 'stories-'));
  const env = { ...process.env, CARELOOP_STORIES: folder };
  const { status } = spawnSync('npx', ['vitest', 'run', '--project', 'definitions'], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error('The tests of the definitions fail.');
  const lives = new Map<string, StoryStep[]>();
  for (const file of readdirSync(folder))
    for (const line of readFileSync(join(folder, file), 'utf8').trimEnd().split('\n')) {
      const step = JSON.parse(line) as StoryStep;
      lives.set(step.life, [...(lives.get(step.life) ?? []), step]);
    }
  rmSync(folder, { recursive: true });
  return [...lives.values()];
}

/** By file, and by process where a file has several. */
async function storiesOf(lives: StoryStep[][]): Promise<Map<string, { plan: Plan; courses: Course[] }>> {
  const stories = new Map<string, { plan: Plan; courses: Course[] }>();
  for (const life of lives) {
    const { file, process, id, businessKey, startedAt } = life[0]!;
    const isSmall = life.every(({ event }) => JSON.stringify(event).length <= largestEvent);
    if (!isSmall || life.length > longestCourse || !file.startsWith(root)) continue;
    const { plans } = await loadDefinition(file);
    const plan = plans.find(({ key }) => key === process);
    if (!plan) throw new Error(`${file} has no process ${process}.`);
    const name = plans.length === 1 ? basename(file, '.bpmn') : `${basename(file, '.bpmn')}-${process}`;
    const story = stories.get(name) ?? { plan, courses: [] };
    const events = life.map(({ now, event }) => ({ now, event: withoutRules(plan, event) }));
    story.courses.push({ id, businessKey, startedAt, events });
    stories.set(name, story);
  }
  return new Map([...stories].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The kit gives every instance the rules; most processes do not read them. */
function withoutRules(plan: Plan, event: EngineEvent): EngineEvent {
  if (event.type !== 'start' || /\brules\b/.test(JSON.stringify(plan))) return event;
  const { rules: _, ...variables } = event.variables;
  return { ...event, variables };
}

/** The fewest that reach most: always the one with the most that is new. */
function chosen(plan: Plan, courses: Course[]): Course[] {
  const seen = new Set<string>();
  const reached = courses
    .map((course) => ({ course, text: JSON.stringify(course), lines: linesOf(plan, course) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1));
  const list: Course[] = [];
  while (list.length < mostCourses) {
    const news = (lines: string[]) => lines.filter((line) => !seen.has(line)).length;
    const best = reached.reduce((one, other) => (news(other.lines) > news(one.lines) ? other : one));
    if (news(best.lines) === 0) break;
    for (const line of best.lines) seen.add(line);
    list.push(best.course);
  }
  return list;
}

/** What is journaled of which element, each once. */
const linesOf = (plan: Plan, course: Course): string[] => [
  ...new Set(
    outcomesOf(plan, course, ENGINE_REVISION).flatMap(({ journal }) =>
      journal.map((line) => line.replace(/ \d+$/, '')),
    ),
  ),
];

if (process.argv[2] === 'fresh') await recordStories();
else recordDifferences();
