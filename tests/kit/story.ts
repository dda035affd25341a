/**
 * A story about a drawn process: who completes what, how time goes by, and what is then true. Everything happens in memory on virtual
 * time. How to write one: docs/testing-processes.md.
 */
import { startNames } from '../../engine/core/intake.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import { type WorkingCalendar, windowed } from '../../engine/time/calendar.ts';
import { chinaCalendar } from '../../engine/time/china.ts';
import { instantOf } from '../../engine/time/zone.ts';
import { ruleSets } from '../support/shipped.ts';
import { type Acts, actsIn } from './acts.ts';
import type { AnswerFor } from './answers.ts';
import { type Expectations, expectationsOf } from './expectations.ts';
import { calledBy, type LoadedDefinition, loadDefinition } from './load-definition.ts';
import { type Looks, looksAt } from './looks.ts';
import { requireJobTypes, requireProcesses } from './mocks.ts';
import { quietJobs } from './processes/index.ts';
import { createWorld } from './world.ts';

export interface StorySettings {
  /** Key of a shipped definition, path or URL of a BPMN file, or BPMN as text. */
  definition: string | URL;
  /** Process id, where the definition has several; default its first. */
  process?: string;
  /** Definitions of called processes; shipped ones are found by themselves. */
  definitions?: (string | URL)[];
  /** Default `TEST-1`. */
  businessKey?: string;
  /** Variables the instance is started with, as the API takes them: fields of the start form, outputs of the start event. */
  variables?: Variables;
  /** What a workflow type of its own adds to them (`workflows/processes`). */
  given?: Variables;
  /** When it starts, ISO 8601; a local time is read in the calendar's zone. Default Wednesday 2026-11-04, 10:00 in Beijing. */
  now?: string;
  /** Default `BJ`. */
  facility?: string;
  /** Key of a rule set of `definitions/rules/` or the rules themselves; default `beijing`. */
  rules?: string | Variables;
  /** Default China's statutory calendar. */
  calendar?: WorkingCalendar;
  /** What jobs answer, by type; a type that is not named here answers nothing, at once. One that no diagram has is an error. */
  jobs?: Record<string, AnswerFor>;
  /** Called processes that answer this instead of running. */
  calls?: Record<string, AnswerFor>;
  /** Staff id. */
  startedBy?: string;
  /** Where the definition has several start events. */
  startEvent?: string;
}

export type Story = Acts & Looks & Expectations;

const usual = { now: '2026-11-04T02:00:00.000Z', facility: 'BJ', rules: 'beijing', businessKey: 'TEST-1' };

/** Enough for any story, and little enough to be quick. */
const [firstYear, lastYear] = [2024, 2030];
let china: WorkingCalendar | undefined;

/** Starts an instance and lets it go as far as it can by itself. */
export async function aStory(settings: StorySettings): Promise<Story> {
  return told(await definitionsOf(settings), settings, true);
}

/** The definition first, then all others whose processes may run. */
export async function definitionsOf(settings: StorySettings): Promise<LoadedDefinition[]> {
  const definitions = [await loadDefinition(settings.definition)];
  for (const source of settings.definitions ?? []) definitions.push(await loadDefinition(source));
  const has = (process: string) => definitions.some(({ plans }) => plans.some(({ key }) => key === process));
  for (let i = 0; i < definitions.length; i++)
    for (const process of definitions[i]!.plans.flatMap(calledBy)) {
      if (has(process) || settings.calls?.[process] !== undefined) continue;
      const found = await loadDefinition(process).catch(() => undefined);
      if (found) definitions.push(found);
    }
  return definitions;
}

/** The same with the definitions at hand, for who tells thousands of stories: states are not written down and read again each time. */
export const tell = (definitions: LoadedDefinition[], settings: StorySettings): Story =>
  told(definitions, settings, false);

function told(definitions: LoadedDefinition[], settings: StorySettings, written: boolean): Story {
  china ??= windowed(chinaCalendar(), firstYear, lastYear);
  const { calendar = china, facility = usual.facility, businessKey = usual.businessKey } = settings;
  const process = settings.process ?? definitions[0]!.plans[0]!.key;
  const plans = definitions.flatMap((one) => one.plans);
  requireJobTypes(Object.keys(settings.jobs ?? {}), plans);
  requireProcesses(Object.keys(settings.calls ?? {}), plans);
  const jobs = new Map(Object.entries({ ...quietJobs, ...settings.jobs }));
  const calls = new Map(Object.entries(settings.calls ?? {}));
  const now = instantOf(settings.now ?? usual.now, calendar.zone);
  const common = { facility, rules: rulesOf(settings.rules ?? usual.rules) };
  const startedBy = settings.startedBy ?? `intake-${facility.toLowerCase()}`;
  const world = createWorld({ definitions, calendar, now, jobs, calls, common, startedBy, written });
  requireDeclared(
    plans.find(({ key }) => key === process),
    settings,
  );
  const root = world.begin(process, businessKey, { ...settings.variables, ...settings.given }, settings.startEvent);
  const looks = looksAt(world, root);
  return { ...actsIn({ world, root, plans, jobs, calls, facility }), ...looks, ...expectationsOf(world, root, looks) };
}

let ruleSetsRead: ReturnType<typeof ruleSets> | undefined;

function rulesOf(rules: string | Variables): Variables {
  if (typeof rules !== 'string') return rules;
  ruleSetsRead ??= ruleSets();
  const found = ruleSetsRead.find((set) => set.key === rules);
  if (!found)
    throw new Error(`There is no rule set ${rules}; there are ${ruleSetsRead.map(({ key }) => key).join(', ')}.`);
  return found.rules;
}

/** As the API: a start brings what the start form asks for and the start event declares. */
function requireDeclared(plan: Plan | undefined, { variables = {}, startEvent }: StorySettings): void {
  if (!plan || plan.openIntake) return;
  const names = startNames(plan, startEvent);
  const unknown = Object.keys(variables).filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw new Error(
      `A start of ${plan.key}${startEvent === undefined ? '' : ` by ${startEvent}`} does not take in ${unknown.join(', ')}. It takes ${[...names].join(', ') || 'nothing'}: declare what it brings in its start form or as an output of the start event.`,
    );
}
