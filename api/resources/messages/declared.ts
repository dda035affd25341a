/** Variables of a message or signal: only those that a possible receiver declares (docs/process-diagrams.md#what-comes-in). */
import { startNames } from '../../../engine/core/intake.ts';
import type { Plan, Variables } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { findMessageStarts, findSignalStarts } from '../../../store/definitions/uses.ts';
import { reaches } from '../../../store/messaging/delivery.ts';
import { findSignalTakers } from '../../../store/messaging/signal-takers.ts';
import { findMessageListeners } from '../../../store/runtime/instances.ts';
import { namesTakenBy } from '../../../temporal/declared-variables.ts';
import { undeclaredVariables } from '../../http/undeclared.ts';

type Names = ReadonlySet<string> | undefined;

interface Sent {
  name: string;
  correlationKey?: string | undefined;
  variables: Variables;
}

/**
 * @param reach facilities whose instances may receive it; absent: all
 * @throws ProblemError 422 when no possible receiver declares all names; without any receiver it is not checked yet
 */
export async function requireDeclaredByTaker(message: Sent, reach: readonly string[] | undefined): Promise<void> {
  const { name, correlationKey, variables } = message;
  if (Object.keys(variables).length === 0) return;
  const listeners = (await findMessageListeners(name, correlationKey)).filter((one) => reaches(reach, one.facility));
  const taken = await Promise.all([
    ...listeners.map(({ instance }) => namesTakenBy(instance, 'message', name)),
    ...(await findMessageStarts(name)).map(namesAtStart),
  ]);
  const missing = taken.map((names) => notIn(names, variables));
  if (missing.length > 0 && missing.every((names) => names.length > 0)) throw undeclaredVariables(missing[0] ?? []);
}

/** @throws ProblemError 422 naming the variables that no receiver declares */
export async function requireDeclaredByHearers(
  { name, variables }: Sent,
  reach: readonly string[] | undefined,
): Promise<void> {
  if (Object.keys(variables).length === 0) return;
  const takers = (await findSignalTakers(name)).filter((one) => reaches(reach, one.facility));
  const taken = await Promise.all([
    ...takers.map(({ instance }) => namesTakenBy(instance, 'signal', name)),
    ...(await findSignalStarts(name)).map(namesAtStart),
  ]);
  if (taken.length === 0) return;
  const nobody = Object.keys(variables).filter((one) => taken.every((names) => names !== undefined && !names.has(one)));
  if (nobody.length > 0) throw undeclaredVariables(nobody);
}

async function namesAtStart({
  process,
  version,
  element,
}: {
  process: string;
  version: number;
  element: string;
}): Promise<Names> {
  const found = await findPlan<Plan>(process, version);
  return found && !found.plan.openIntake ? startNames(found.plan, element) : undefined;
}

const notIn = (names: Names, variables: Variables): string[] =>
  names === undefined ? [] : Object.keys(variables).filter((name) => !names.has(name));
