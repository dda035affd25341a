/** A mock for a job or process that no diagram of the story names would never be asked: it is an error that names the nearest one. */
import { jobsOf } from '../../engine/analysis/jobs.ts';
import type { Expression, Plan } from '../../engine/model/plan.ts';
import { nearest } from './situation.ts';

/** @throws for a job type that none of the plans names; where one is worked out by an expression, any is taken */
export function requireJobTypes(types: Iterable<string>, plans: readonly Plan[]): void {
  const drawn = plans.flatMap(jobsOf).map(({ job }) => job.type);
  requireNamed('job of type', types, drawn);
}

/** @throws for a process that none of the plans calls; where one is worked out by an expression, any is taken */
export function requireProcesses(processes: Iterable<string>, plans: readonly Plan[]): void {
  const elements = plans.flatMap((plan) => Object.values(plan.elements));
  const drawn = elements.flatMap((element) => (element.kind === 'callActivity' ? [element.process] : []));
  requireNamed('call of process', processes, drawn);
}

function requireNamed(what: string, mocked: Iterable<string>, drawn: Expression[]): void {
  const names = [...new Set(drawn.flatMap((one) => ('literal' in one ? [one.literal] : [])))].sort();
  if (drawn.some((one) => 'feel' in one)) return;
  for (const name of mocked) {
    if (names.includes(name)) continue;
    const meant = nearest(name, names);
    const instead = meant ? `Is it ${meant}?` : `Drawn are: ${names.join(', ') || 'none'}.`;
    throw new Error(`The story mocks a ${what} ${name}, which none of its diagrams has. ${instead}`);
  }
}
