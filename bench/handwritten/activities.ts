/** The one activity the hand-written process has of its own: the look-ups of `loadDefinition`, of the plan only which it is. */
import { windowed } from '../../engine/time/calendar.ts';
import { findPlan } from '../../store/definitions/plans.ts';
import { findCalendar } from '../../store/organisation/calendars.ts';
import { findFacility } from '../../store/organisation/facilities.ts';
import { findRules } from '../../store/organisation/rule-sets.ts';
import { lastLineOfPreviousRun } from '../../store/runtime/previous-run.ts';
import type { Settings, SettingsAsk } from './messages.ts';

export async function loadSettings({ instance, facility, now }: SettingsAsk): Promise<Settings> {
  const [place, journalFrom, complaint] = await Promise.all([
    findFacility(facility),
    lastLineOfPreviousRun(instance),
    findPlan('complaint'),
  ]);
  if (!complaint) throw new Error('The complaint, whose message texts it sends, is not deployed.');
  if (!place) throw new Error(`There is no facility ${facility}.`);
  const [calendar, rules] = await Promise.all([findCalendar(place.calendar), findRules(place.region, now)]);
  if (!calendar || !rules) throw new Error(`${facility} has no calendar or no rules.`);
  const year = +now.slice(0, 4);
  return {
    calendar: windowed(calendar, year - 1, year + 3),
    rules: rules.rules as Settings['rules'],
    journalFrom,
    definition: { key: 'complaint', version: complaint.version, hash: complaint.hash },
  };
}
