/** Which processes read which rules, by the `careloop:rules` of their newest versions. */

import type { Plan } from '../../../engine/model/plan.ts';
import { namesRule } from '../../../engine/model/rule-parts.ts';
import { listNewest } from '../../../store/definitions/definitions.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { moneyFinder } from '../proposals/money.ts';

export interface RuleReader {
  process: string;
  version: number;
  /** It has elements that move money. */
  movesMoney: boolean;
  reads(path: string): boolean;
}

export async function ruleReaders(): Promise<RuleReader[]> {
  const [newest, moneyIn] = await Promise.all([listNewest(), moneyFinder()]);
  const found = await Promise.all(
    newest.map(async ({ process, version }): Promise<RuleReader[]> => {
      const plan = (await findPlan<Plan>(process, version))?.plan;
      const paths = plan?.profile?.rules ?? [];
      if (!plan || paths.length === 0) return [];
      return [
        { process, version, movesMoney: (await moneyIn([plan])).length > 0, reads: (path) => namesRule(paths, path) },
      ];
    }),
  );
  return found.flat();
}
