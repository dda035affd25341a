/**
 * One copy of each plan with its compiled expressions, shared by all instances of a worker (worker/bundle.ts). Entries
 * are found by hash and immutable, so no instance can affect another one.
 */
import { toUint8Array } from 'js-base64';
import { inflateRaw } from 'pako';
import type { PackedPlan } from '../../activities/types.ts';
import type { Plan } from '../../engine/model/plan.ts';

const maxKept = 200;
const plans = new Map<string, Plan>();

export function sharedPlan(hash: string, plan: Plan): Plan {
  const known = plans.get(hash);
  if (known) return known;
  plans.set(hash, plan);
  if (plans.size > maxKept) plans.delete(plans.keys().next().value as string);
  return plan;
}

/** @param plan as loaded by an activity */
export function loadedPlan(hash: string, plan: PackedPlan): Plan {
  return plans.get(hash) ?? sharedPlan(hash, JSON.parse(inflateRaw(toUint8Array(plan), { toText: true })) as Plan);
}
