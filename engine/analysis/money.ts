/** Where a plan moves money: jobs of types that do, and what its diagram marks so. */
import type { ElementId, Plan } from '../model/plan.ts';
import { jobsOf } from './jobs.ts';

/** @param types job types that move money; one that is worked out while the process runs may be any of them */
export function moneyElements(plan: Plan, types: ReadonlySet<string>): ElementId[] {
  const jobs = jobsOf(plan).filter(({ job }) => !('literal' in job.type) || types.has(job.type.literal));
  const marked = Object.values(plan.elements).filter((element) => element.movesMoney === true);
  return [...new Set([...marked.map(({ id }) => id), ...jobs.map(({ element }) => element.id)])].sort();
}
