/** Which processes a person may start, and where. */
import type { Plan } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { listFacilities } from '../../../store/organisation/facilities.ts';
import { maySee, mayStart, type Person } from '../../http/policy.ts';
import { apiOf } from '../../processes/index.ts';
import { startsOnlyByEvents } from './start-instance.ts';

export interface Startable {
  /** Facility codes. */
  startableAt: string[];
  /** It has a start request of its own, described in a sentence. */
  startedElsewhere?: string;
}

/** @returns undefined when this person may start no instance of it */
export async function startableBy(person: Person, process: string, version: number): Promise<Startable | undefined> {
  const found = await findPlan<Plan>(process, version);
  if (!found || startsOnlyByEvents(found.plan)) return undefined;
  const starters = found.plan.profile?.candidateStarterGroups ?? [];
  const startedElsewhere = apiOf(process)?.startedElsewhere;
  // Processes started by calls only are not startable by operators either.
  if (startedElsewhere !== undefined && starters.length === 0) return undefined;
  const codes = (await listFacilities()).map((one) => one._id);
  const startableAt = codes.filter((code) => maySee(person, code) && mayStart(person, code, starters).ok);
  if (startableAt.length === 0) return undefined;
  return { startableAt, ...(startedElsewhere !== undefined && { startedElsewhere }) };
}
