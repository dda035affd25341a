/** Lists and counts of letters for operators. */
import type { QueryFilter } from 'mongoose';
import { databaseTime } from '../db/database-time.ts';
import { type Lane, type LetterStatus, type OutboxMessage, OutboxModel } from './outbox.ts';

export interface LetterFilter {
  /** Facilities; absent: all. */
  facilities?: string[];
  status?: LetterStatus;
  lane?: Lane;
  reason?: string;
  instance?: string;
}

export interface LetterSearch extends LetterFilter {
  /** Position where the previous page ended. */
  after?: { at: string; id: string };
  limit: number;
}

const filterOf = ({ facilities, ...fields }: LetterFilter): QueryFilter<OutboxMessage> => ({
  ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  ...(facilities && { facility: { $in: facilities } }),
});

/** Newest first. */
export async function listLetters({ after, limit, ...filter }: LetterSearch): Promise<OutboxMessage[]> {
  const from = after && {
    $or: [{ createdAt: { $lt: after.at } }, { createdAt: after.at, _id: { $lt: after.id } }],
  };
  return OutboxModel.find({ ...filterOf(filter), ...from })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit)
    .lean<OutboxMessage[]>();
}

export async function countLetters(filter: LetterFilter): Promise<number> {
  return OutboxModel.countDocuments(filterOf(filter));
}

/** Delay of the letter that has been due longest, in milliseconds; undefined: none is due. */
export async function longestDue(facilities?: string[]): Promise<number | undefined> {
  const time = await databaseTime();
  const first = await OutboxModel.findOne(
    { ...filterOf({ status: 'queued', ...(facilities && { facilities }) }), dueAt: { $lte: time.toISOString() } },
    { dueAt: 1 },
  )
    .sort({ dueAt: 1 })
    .lean<Pick<OutboxMessage, 'dueAt'>>();
  return first ? time.getTime() - Date.parse(first.dueAt) : undefined;
}
