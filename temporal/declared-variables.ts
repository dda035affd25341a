/**
 * Filters a message or signal to the variables its receiver declares. Broadcasts, and messages thrown by a process, may
 * carry more than one receiver accepts; an instance refuses undeclared ones.
 */
import { namesCaught } from '../engine/core/intake.ts';
import type { Plan, Variables } from '../engine/model/plan.ts';
import { findPinnedPlan } from '../store/definitions/plans.ts';
import { findInstance } from '../store/runtime/instances.ts';

/** @returns names this instance accepts; undefined: all, or unknown */
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
