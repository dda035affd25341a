/** Rule sets: limits and thresholds per region with validity dates (docs/domain.md#time-limits). Versions are immutable. */
import mongoose from 'mongoose';
import { anyJson, insertOnce, rowSchema } from '../db/schema.ts';
import { countOrganisationChange } from './revision.ts';

export interface RuleSet {
  key: string;
  name: string;
  region: string;
  /** 'YYYY-MM-DD', first day in force. */
  validFrom: string;
  /** Last day in force; absent: until a later version begins. */
  validTo?: string;
  version: number;
  rules: Record<string, unknown>;
  /** Reason, author (staff id) and time; absent: shipped with Careloop. */
  note?: string;
  publishedBy?: string;
  publishedAt?: string;
}

const schema = rowSchema<RuleSet & { _id: string }>({
  key: String,
  name: String,
  region: String,
  validFrom: String,
  validTo: String,
  version: Number,
  rules: anyJson,
  note: String,
  publishedBy: String,
  publishedAt: String,
});
schema.index({ region: 1, validFrom: -1, version: -1 });

export const RuleSetModel = mongoose.model<RuleSet & { _id: string }>('ruleSets', schema, 'ruleSets');

/**
 * The rule set in force.
 * @param date ISO date or instant; its day decides
 */
export async function findRules(region: string, date: string): Promise<RuleSet | null> {
  const day = date.slice(0, 10);
  const rows = await RuleSetModel.find({ region, validFrom: { $lte: day } }, { _id: 0 })
    .sort({ validFrom: -1, version: -1 })
    .lean<RuleSet[]>();
  return rows.find((row) => row.validTo === undefined || row.validTo >= day) ?? null;
}

/** All versions of all rule sets, newest first within each. */
export async function listRuleSets(): Promise<RuleSet[]> {
  return RuleSetModel.find({}, { _id: 0 }).sort({ key: 1, version: -1 }).lean<RuleSet[]>();
}

/** A version of a rule set, in force or not. */
export async function findRuleSet(key: string, version: number): Promise<RuleSet | null> {
  return RuleSetModel.findById(`${key}@${version}`, { _id: 0 }).lean<RuleSet>();
}

/** @returns whether this version was new */
export async function saveRules(ruleSet: RuleSet): Promise<boolean> {
  const isNew = await insertOnce(RuleSetModel, { _id: `${ruleSet.key}@${ruleSet.version}`, ...ruleSet });
  await countOrganisationChange();
  return isNew;
}
