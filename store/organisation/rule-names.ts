/** Names of rule set entries, by dotted path. Seeded from definitions/organisation/rule-names.json. */
import mongoose from 'mongoose';
import { rowSchema } from '../db/schema.ts';

export interface RuleName {
  /** `limits.approval`; of a group of rules, `limits`. */
  _id: string;
  name: string;
  englishName: string;
}

export const RuleNameModel = mongoose.model<RuleName>(
  'ruleNames',
  rowSchema<RuleName>({ name: String, englishName: String }),
  'ruleNames',
);

export async function saveRuleName({ _id, name, englishName }: RuleName): Promise<void> {
  await RuleNameModel.updateOne({ _id }, { $set: { name, englishName } }, { upsert: true });
}

export async function listRuleNames(): Promise<RuleName[]> {
  return RuleNameModel.find().lean<RuleName[]>();
}
