/** Facilities, calendars and rules as of a revision (revision.ts), cached. Shared between callers: do not modify. */
import { rememberFor } from '../db/remember.ts';
import { findCalendar } from './calendars.ts';
import { findFacility } from './facilities.ts';
import { findRules } from './rule-sets.ts';

/** A manual edit of a document does not increment the revision: it is seen within a minute. */
const keptMs = 60_000;
const readFacility = rememberFor(keptMs, (_revision: string, code: string) => findFacility(code));
const readCalendar = rememberFor(keptMs, (_revision: string, id: string) => findCalendar(id));
const readRules = rememberFor(keptMs, (_revision: string, region: string, day: string) => findRules(region, day));

export const facilityAsOf = (revision: number, code: string) => readFacility(String(revision), code);

export const calendarAsOf = (revision: number, id: string) => readCalendar(String(revision), id);

/** @param date ISO date or instant; its day decides which rules are in force */
export const rulesAsOf = (revision: number, region: string, date: string) =>
  readRules(String(revision), region, date.slice(0, 10));
