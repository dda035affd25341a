/** The facility a job works at. */
import { type Facility, findFacility } from '../../store/organisation/facilities.ts';
import { badInput } from './job.ts';

/**
 * @param type of the job, for the message
 * @throws ApplicationFailure where there is no such facility
 */
export async function ownFacility(type: string, code: string): Promise<Facility> {
  const facility = await findFacility(code);
  if (!facility) throw badInput(`${type}: there is no facility ${code}.`);
  return facility;
}
