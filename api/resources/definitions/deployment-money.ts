/** Whether a deployment affects payments, in the new version or the one it replaces. */

import { canonicalJson } from '../../../engine/model/canonical-json.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import type { DefinitionCompiler } from '../../compiler/compiler.ts';
import { sha256 } from '../../http/digest.ts';
import type { MoneyTouch } from '../../http/second-person.ts';
import { moneyIn, touching } from '../proposals/money.ts';
import { checkDefinition } from './check-definition.ts';
import type { DefinitionSource } from './lint-definition.ts';

/** A definition with errors, or unchanged, affects nothing. */
export async function deploymentTouches(
  compiler: DefinitionCompiler,
  definition: DefinitionSource,
): Promise<MoneyTouch | undefined> {
  const { plans } = await checkDefinition(compiler, definition);
  const changed = await Promise.all(
    plans.map(async (plan): Promise<Plan[]> => {
      const newest = await findPlan<Plan>(plan.key);
      if (newest?.hash === sha256(canonicalJson(plan))) return [];
      return newest ? [plan, newest.plan] : [plan];
    }),
  );
  return touching(await moneyIn(changed.flat()), null);
}
