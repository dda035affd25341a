/** The hospitals of the group: code, city, region (which selects the rule set) and working calendar. */
import mongoose from 'mongoose';
import { insertOnce, rowSchema } from '../db/schema.ts';
import { countOrganisationChange } from './revision.ts';

export interface Facility {
  /** Two letters, for instance BJ. */
  _id: string;
  name: string;
  englishName: string;
  /** `beijing` or `elsewhere`: selects the rule set. */
  region: string;
  zone: string;
  /** Id of its working calendar. */
  calendar: string;
}

const schema = rowSchema<Facility>({
  name: String,
  englishName: String,
  region: String,
  zone: String,
  calendar: String,
});

export const FacilityModel = mongoose.model<Facility>('facilities', schema, 'facilities');

export async function findFacility(code: string): Promise<Facility | null> {
  return FacilityModel.findById(code).lean<Facility>();
}

export async function listFacilities(): Promise<Facility[]> {
  return FacilityModel.find().sort({ _id: 1 }).lean<Facility[]>();
}

/** @returns false when the code is taken */
export async function addFacility(facility: Facility): Promise<boolean> {
  const isNew = await insertOnce(FacilityModel, facility);
  if (isNew) await countOrganisationChange();
  return isNew;
}

export async function saveFacility(facility: Facility): Promise<void> {
  const { _id, ...fields } = facility;
  await FacilityModel.updateOne({ _id }, { $set: fields }, { upsert: true });
  await countOrganisationChange();
}
