/**
 * What is sent on to an instance of a message or signal: the names that its diagram declares for it. A broadcast, and a message thrown by a
 * process, may carry more than one receiver takes in; the instance itself refuses what it does not declare.
 */
import { namesCaught } from '../engine/core/intake.ts';
import type { Plan, Variables } from '../engine/model/plan.ts';
import { findPinnedPlan } from '../store/definitions/plans.ts';
import { findInstance } from '../store/runtime/instances.ts';

/** @returns the names that this instance may take in; undefined: all, or it is not known */
export async function namesTakenBy(
  instance: string,
  type: 'message' | 'signal',
  name: string,
): Promise<ReadonlySet<string> | undefined> {
  const row = await findInstance(instance);
  if (!row) return undefined;
  const { key, version, hash } = row.definition;
  const plan = await findPinnedPlan<Plan>(key, version, hash);
  return plan && !plan.openIntake ? namesCaught(plan, type, name) : undefined;
}

export async function declaredFor(
  instance: string,
  type: 'message' | 'signal',
  { name, variables }: { name: string; variables: Record<string, unknown> },
): Promise<Variables> {
  const given = variables as Variables;
  if (Object.keys(given).length === 0) return given;
  const names = await namesTakenBy(instance, type, name);
  return names ? Object.fromEntries(Object.entries(given).filter(([one]) => names.has(one))) : given;
}
