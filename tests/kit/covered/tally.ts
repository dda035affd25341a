/** Counts, per definition, which elements were reached and which flows were taken. Lives in the worker of one test file. */
import type { Plan, PlanFlow } from '../../../engine/model/plan.ts';
import type { JournalEntry } from '../../../engine/model/types.ts';
import type { LoadedDefinition } from '../load-definition.ts';

export interface Item {
  id: string;
  kind: 'element' | 'flow';
  /** As a person finds it in the definition: id and name; a flow by what it joins. */
  label: string;
  /** How often a token came here. */
  times: number;
}

/** One process of one file. Plain data: it travels from the worker to the report. */
export interface Tally {
  file: string;
  process: string;
  items: Item[];
}

type Counts = Map<string, Item>;

const counted = new Map<Plan, { file: string; counts: Counts }>();

/** Takes note of what happened; a definition without a file is not counted. */
export function witness(definition: LoadedDefinition, plan: Plan, journal: JournalEntry[]): void {
  if (definition.file === undefined) return;
  let entry = counted.get(plan);
  if (!entry) {
    entry = { file: definition.file, counts: itemsOf(plan) };
    counted.set(plan, entry);
  }
  for (const line of journal) {
    const id = passedBy(line);
    const item = id === undefined ? undefined : entry.counts.get(id);
    if (item) item.times += 1;
  }
}

function passedBy(line: JournalEntry): string | undefined {
  if (line.kind === 'element-activated') return line.element;
  if (line.kind !== 'flow-taken') return undefined;
  const { data } = line;
  return typeof data === 'object' && data !== null && 'flow' in data ? String(data['flow']) : undefined;
}

function itemsOf(plan: Plan): Counts {
  const named = (id: string, name?: string) => (name ? `${id} “${name}”` : id);
  const elements = Object.values(plan.elements)
    .filter(({ id }) => id !== plan.key)
    .map(({ id, name }): Item => ({ id, kind: 'element', label: named(id, name), times: 0 }));
  const flows = Object.values(plan.flows).map(
    (flow): Item => ({ id: flow.id, kind: 'flow', label: flowLabel(flow), times: 0 }),
  );
  return new Map([...elements, ...flows].map((item) => [item.id, item]));
}

const flowLabel = ({ source, target, name }: PlanFlow) => `${source} → ${target}${name ? ` “${name}”` : ''}`;

/** Everything counted since the last call. */
export function takeTallies(): Tally[] {
  const tallies = [...counted].map(([plan, { file, counts }]) => ({
    file,
    process: plan.key,
    items: [...counts.values()],
  }));
  counted.clear();
  return tallies;
}

/** The same process counted in several test files, added up. */
export function addUp(tallies: Tally[]): Tally[] {
  const sums = new Map<string, Tally>();
  for (const { file, process, items } of tallies) {
    const place = `${file}#${process}`;
    const sum = sums.get(place);
    if (!sum) {
      sums.set(place, { file, process, items: items.map((item) => ({ ...item })) });
      continue;
    }
    for (const item of items) {
      const same = sum.items.find(({ id }) => id === item.id);
      if (same) same.times += item.times;
    }
  }
  return [...sums.values()];
}

export interface Share {
  covered: number;
  total: number;
  /** Whole per cent, rounded down: 100 means everything. */
  percent: number;
}

export function shareOf(items: Item[]): Share {
  const covered = items.filter((item) => item.times > 0).length;
  const total = items.length;
  return { covered, total, percent: total === 0 ? 100 : Math.floor((100 * covered) / total) };
}
