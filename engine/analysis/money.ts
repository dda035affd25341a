/** Where a plan moves money: jobs of types that do, calls of processes that do, and what its diagram marks so. */
import type { ElementId, Expression, Plan } from '../model/plan.ts';
import { jobsOf } from './jobs.ts';

export interface MoneyMovers {
  /** Job types. */
  types: ReadonlySet<string>;
  /** Keys of processes, by `moneyProcesses`. */
  processes: ReadonlySet<string>;
}

/** A job type or called process computed at runtime may be any of them. */
export function moneyElements(plan: Plan, { types, processes }: MoneyMovers): ElementId[] {
  const may = (name: Expression, movers: ReadonlySet<string>) => !('literal' in name) || movers.has(name.literal);
  const jobs = jobsOf(plan).filter(({ job }) => may(job.type, types));
  const calls = callsOf(plan).filter(({ process }) => may(process, processes));
  const marked = Object.values(plan.elements).filter((element) => element.movesMoney === true);
  const ids = [...marked, ...calls, ...jobs.map(({ element }) => element)].map(({ id }) => id);
  return [...new Set(ids)].sort();
}

/** Keys of processes that move money, themselves or through calls. */
export function moneyProcesses(plans: readonly Plan[], types: ReadonlySet<string>): Set<string> {
  const processes = new Set<string>();
  for (;;) {
    const more = plans.filter(
      (plan) => !processes.has(plan.key) && moneyElements(plan, { types, processes }).length > 0,
    );
    if (more.length === 0) return processes;
    for (const { key } of more) processes.add(key);
  }
}

/** Keys of called processes named by constants; those computed at runtime are not included. */
export const calledProcesses = (plan: Plan): string[] => [
  ...new Set(callsOf(plan).flatMap(({ process }) => ('literal' in process ? [process.literal] : []))),
];

const callsOf = (plan: Plan) =>
  Object.values(plan.elements).flatMap((element) => (element.kind === 'callActivity' ? [element] : []));
