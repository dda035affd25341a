/** The plan of a deployed version, for an instance that migrates to it. */
import { ApplicationFailure } from '@temporalio/common';
import type { Plan } from '../../engine/model/plan.ts';
import { findPlan } from '../../store/definitions/plans.ts';
import { findRuleSet } from '../../store/organisation/rule-sets.ts';
import type { RuntimeActivities } from '../types.ts';
import { packPlan } from './pack-plan.ts';
import { rulesOf } from './process-rules.ts';

export const loadPlan: RuntimeActivities['loadPlan'] = async ({ process, version, hash, ruleSet }) => {
  const [found, rules] = await Promise.all([
    findPlan<Plan>(process, version),
    ruleSet ? findRuleSet(ruleSet.key, ruleSet.version) : null,
  ]);
  if (!found || (hash !== undefined && found.hash !== hash))
    throw ApplicationFailure.nonRetryable(`${process} version ${version} is not deployed.`, 'UnknownDefinition');
  return { ...found, plan: packPlan(found.plan), rules: rulesOf(rules, found.plan) };
};
