/** The jobs of a plan: of tasks, throwing events and listeners. */
import type { JobDefinition, Plan, PlanElement } from '../model/plan.ts';

export interface JobUse {
  element: PlanElement;
  job: JobDefinition;
  /** It is a listener's: it has neither mappings nor error events of its own. */
  listener: boolean;
}

export function jobsOf(plan: Plan): JobUse[] {
  return Object.values(plan.elements).flatMap((element) => [
    ...('job' in element && element.job ? [{ element, job: element.job, listener: false }] : []),
    ...Object.values(element.listeners ?? {})
      .flat()
      .map((job) => ({ element, job, listener: true })),
  ]);
}

/** Job types named by constants; those computed at runtime are not included. */
export function jobTypesNamed(plan: Plan): string[] {
  return [...new Set(jobsOf(plan).flatMap(({ job }) => ('literal' in job.type ? [job.type.literal] : [])))].sort();
}
