/** Facilities, calendars and rules as of a revision (revision.ts), read once. Nobody changes what these give: others get the same. */
import { rememberFor } from '../db/remember.ts';
import { findCalendar } from './calendars.ts';
import { findFacility } from './facilities.ts';
import { findRules } from './rule-sets.ts';

/** A document that was changed by hand is not counted: it is seen a minute later. */
const keptMs = 60_000;
const readFacility = rememberFor(keptMs, (_revision: string, code: string) => findFacility(code));
const readCalendar = rememberFor(keptMs, (_revision: string, id: string) => findCalendar(id));
const readRules = rememberFor(keptMs, (_revision: string, region: string, day: string) => findRules(region, day));

export const facilityAsOf = (revision: number, code: string) => readFacility(String(revision), code);

export const calendarAsOf = (revision: number, id: string) => readCalendar(String(revision), id);

/** @param date ISO date or instant; its day decides which rules are in force */
export const rulesAsOf = (revision: number, region: string, date: string) =>
  readRules(String(revision), region, date.slice(0, 10));
