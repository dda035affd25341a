/** Drafts of forms: one per person and task, and per person and process to be started. */
import mongoose from 'mongoose';
import { grouped } from '../db/grouped.ts';
import { anyJson, rowSchema } from '../db/schema.ts';

export type DraftKind = 'task' | 'start';

export interface DraftOf {
  person: string;
  kind: DraftKind;
  /** Task id, or key of the process. */
  of: string;
}

export interface Draft extends DraftOf {
  /** The three parts as JSON, as ids may contain any character. */
  _id: string;
  values: Record<string, unknown>;
  savedAt: string;
}

const schema = rowSchema<Draft>({ person: String, kind: String, of: String, values: anyJson, savedAt: String });
schema.index({ kind: 1, of: 1 });
schema.index({ savedAt: 1 });

export const DraftModel = mongoose.model<Draft>('drafts', schema, 'drafts');

const idOf = ({ person, kind, of }: DraftOf): string => JSON.stringify([person, kind, of]);

export async function findDraft(of: DraftOf): Promise<Draft | null> {
  return DraftModel.findById(idOf(of)).lean<Draft>();
}

/** The last save wins. */
export async function saveDraft(of: DraftOf, values: Record<string, unknown>, savedAt: string): Promise<void> {
  await DraftModel.updateOne({ _id: idOf(of) }, { $set: { ...of, values, savedAt } }, { upsert: true });
}

export const removeDraft = (of: DraftOf): Promise<void> => removeById(idOf(of));

const removeById = grouped(async (ids: string[]) => {
  await DraftModel.deleteMany({ _id: { $in: ids } });
  return ids.map(() => undefined);
});

/** Drafts of everybody: the task is completed. */
export const removeDraftsOfTask: (task: string) => Promise<void> = grouped(async (tasks: string[]) => {
  await DraftModel.deleteMany({ kind: 'task', of: { $in: tasks } });
  return tasks.map(() => undefined);
});
