/** Working calendars, one document per version: due dates remain explainable by the version they were computed with. */
import mongoose from 'mongoose';
import { anyJson, insertOnce, rowSchema } from '../db/schema.ts';
import { countOrganisationChange } from './revision.ts';

/** The shape of `WorkingCalendar` in engine/time/calendar.ts. */
export interface CalendarRow {
  id: string;
  version: number;
  zone: string;
  years: Record<string, { notice: string }>;
  off: Record<string, string>;
  worked: Record<string, string>;
}

const schema = rowSchema<CalendarRow & { _id: string }>({
  id: String,
  version: Number,
  zone: String,
  years: anyJson,
  off: anyJson,
  worked: anyJson,
});
schema.index({ id: 1, version: -1 }, { unique: true });

export const CalendarModel = mongoose.model<CalendarRow & { _id: string }>('calendars', schema, 'calendars');

/** The newest version, or the given one. */
export async function findCalendar(id: string, version?: number): Promise<CalendarRow | null> {
  return CalendarModel.findOne({ id, ...(version !== undefined && { version }) }, { _id: 0 })
    .sort({ version: -1 })
    .lean<CalendarRow>();
}

/** The newest version of each calendar. */
export async function listNewestCalendars(): Promise<CalendarRow[]> {
  const ids = await CalendarModel.distinct('id');
  const newest = await Promise.all(ids.map((id) => findCalendar(id)));
  return newest.flatMap((calendar) => calendar ?? []);
}

/**
 * Inserts a version; an existing one is never changed.
 * @returns whether it was new
 */
export async function saveCalendar({ id, version, zone, years, off, worked }: CalendarRow): Promise<boolean> {
  const isNew = await insertOnce(CalendarModel, { _id: `${id}@${version}`, id, version, zone, years, off, worked });
  await countOrganisationChange();
  return isNew;
}
