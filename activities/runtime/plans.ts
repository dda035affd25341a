/** The plan of a deployed version, for an instance that migrates to it. */
import { ApplicationFailure } from '@temporalio/common';
import type { Plan } from '../../engine/model/plan.ts';
import { findPlan } from '../../store/definitions/definitions.ts';
import type { RuntimeActivities } from '../types.ts';
import { packPlan } from './pack-plan.ts';

export const loadPlan: RuntimeActivities['loadPlan'] = async ({ process, version, hash }) => {
  const found = await findPlan<Plan>(process, version);
  if (!found || (hash !== undefined && found.hash !== hash))
    throw ApplicationFailure.nonRetryable(`${process} version ${version} is not deployed.`, 'UnknownDefinition');
  return { ...found, plan: packPlan(found.plan) };
};
