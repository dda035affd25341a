/** Whose instances an operator acts on: a batch over all facilities is for operators of the group only. */
import { usePerson } from '../../person.ts';

/** The facility of a batch: the chosen one, or the first where the person operates. */
export function useBatchFacility(chosen: string | undefined): string | undefined {
  const { roles, facilities } = usePerson();
  const held = roles.filter((one) => one.duties.includes('operate')).map((one) => one.facility);
  if (chosen !== undefined || held.includes('*')) return chosen;
  return facilities.find(({ code }) => held.includes(code))?.code;
}
