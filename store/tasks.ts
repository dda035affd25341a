/** User tasks (read model): the inbox. Each query is shaped so that one compound index answers it. */
import mongoose, { type QueryFilter } from 'mongoose';
import type { TaskRow } from './rows.ts';
import { anyJson, escapeRegExp, rowSchema } from './schema.ts';

const schema = rowSchema<TaskRow>({
  seq: Number,
  instance: String,
  process: String,
  businessKey: String,
  key: String,
  element: String,
  name: String,
  facility: String,
  stage: String,
  title: String,
  status: String,
  assignee: { type: String, default: null },
  candidateGroups: anyJson,
  candidateUsers: anyJson,
  excludedUsers: anyJson,
  priority: Number,
  createdAt: String,
  dueAt: String,
  followUpAt: String,
  formId: String,
  closedAt: String,
  closedBy: String,
  updatedAt: String,
});
schema.index({ assignee: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ candidateGroups: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ candidateGroups: 1, facility: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ candidateUsers: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ facility: 1, status: 1, createdAt: 1, _id: 1 });
schema.index({ status: 1, createdAt: 1, _id: 1 });
schema.index({ instance: 1, status: 1, createdAt: 1 });
schema.index({ businessKey: 1, status: 1 });

export const TaskModel = mongoose.model<TaskRow>('tasks', schema, 'tasks');

export async function findTask(id: string): Promise<TaskRow | null> {
  return TaskModel.findById(id).lean<TaskRow>();
}

export async function listTasksOf(instance: string): Promise<TaskRow[]> {
  return TaskModel.find({ instance }).sort({ createdAt: 1, _id: 1 }).lean<TaskRow[]>();
}

export interface TaskSearch {
  /** Rows this person may see: any of these must hold; absent: all. */
  visible?: QueryFilter<TaskRow>[];
  facilities?: string[];
  assignee?: string;
  group?: string;
  process?: string;
  instance?: string;
  status: TaskRow['status'];
  /** Due at or before. */
  dueUntil?: string;
  /** The beginning of a business key, or a part of the task's name. */
  q?: string;
  after?: { createdAt: string; id: string };
  limit: number;
}

/** Oldest first: who waits longest is served first. */
export async function listTasks(search: TaskSearch): Promise<TaskRow[]> {
  const and: QueryFilter<TaskRow>[] = [];
  if (search.visible) and.push({ $or: search.visible });
  if (search.q)
    and.push({
      $or: [
        { businessKey: { $regex: `^${escapeRegExp(search.q.toUpperCase())}` } },
        { name: { $regex: escapeRegExp(search.q) } },
      ],
    });
  if (search.after)
    and.push({
      $or: [
        { createdAt: { $gt: search.after.createdAt } },
        { createdAt: search.after.createdAt, _id: { $gt: search.after.id } },
      ],
    });
  const filter: QueryFilter<TaskRow> = {
    ...(search.assignee && { assignee: search.assignee }),
    ...(search.group && { candidateGroups: search.group }),
    ...(search.facilities && { facility: { $in: search.facilities } }),
    status: search.status,
    ...(search.process && { process: search.process }),
    ...(search.instance && { instance: search.instance }),
    ...(search.dueUntil && { dueAt: { $lte: search.dueUntil } }),
    ...(and.length > 0 && { $and: and }),
  };
  return TaskModel.find(filter).sort({ createdAt: 1, _id: 1 }).limit(search.limit).lean<TaskRow[]>();
}
