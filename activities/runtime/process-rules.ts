/** What a process gets of a rule set. */
import type { Plan, Variables } from '../../engine/model/plan.ts';
import { rulesAt } from '../../engine/model/rule-parts.ts';
import type { RuleSet } from '../../store/organisation/rule-sets.ts';

export const rulesOf = (ruleSet: RuleSet | null, { profile }: Plan): Variables =>
  rulesAt((ruleSet?.rules ?? {}) as Variables, profile?.rules ?? []);
