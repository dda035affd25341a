/** Saved views of lists: filters, columns and order, as a URL query string. */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

export interface SavedView {
  /** `<staff>/<id>`. */
  _id: string;
  staff: string;
  /** The list it belongs to. */
  page: string;
  name: string;
  query: string;
  updatedAt: string;
}

const schema = rowSchema<SavedView>({
  staff: String,
  page: String,
  name: String,
  query: String,
  updatedAt: String,
});
schema.index({ staff: 1, page: 1, name: 1 });

export const SavedViewModel = mongoose.model<SavedView>('views', schema, 'views');

const keyOf = (staff: string, id: string): string => `${staff}/${id}`;
export const viewIdOf = ({ _id, staff }: SavedView): string => _id.slice(staff.length + 1);

/** By name. */
export async function listViews(staff: string, page?: string): Promise<SavedView[]> {
  return SavedViewModel.find({ staff, ...(page !== undefined && { page }) })
    .sort({ page: 1, name: 1 })
    .lean<SavedView[]>();
}

/** @returns false when the person has the maximum number of views; an existing one is always replaced */
export async function saveView(
  staff: string,
  id: string,
  view: Pick<SavedView, 'page' | 'name' | 'query'>,
  most: number,
): Promise<boolean> {
  const _id = keyOf(staff, id);
  const others = await SavedViewModel.countDocuments({ staff, _id: { $ne: _id } });
  if (others >= most) return false;
  const updatedAt = new Date().toISOString();
  await SavedViewModel.updateOne({ _id }, { $set: { staff, ...view, updatedAt } }, { upsert: true });
  return true;
}

/** @returns whether it existed */
export async function removeView(staff: string, id: string): Promise<boolean> {
  return (await SavedViewModel.deleteOne({ _id: keyOf(staff, id) })).deletedCount === 1;
}
