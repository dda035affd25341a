/** Context of expressions evaluated before there is an instance: a facility's calendar and its rules in force. */
import { type CalendarRow, findCalendar } from './calendars.ts';
import { type Facility, findFacility } from './facilities.ts';
import { findRules } from './rule-sets.ts';

export interface FacilityContext {
  facility: Facility;
  calendar: CalendarRow;
  rules: Record<string, unknown>;
}

/**
 * @param at ISO 8601: the rules in force then
 * @returns null when there is no such facility, or it has no calendar
 */
export async function findFacilityContext(code: string, at: string): Promise<FacilityContext | null> {
  const facility = await findFacility(code);
  if (!facility) return null;
  const [calendar, rules] = await Promise.all([findCalendar(facility.calendar), findRules(facility.region, at)]);
  return calendar && { facility, calendar, rules: rules?.rules ?? {} };
}
