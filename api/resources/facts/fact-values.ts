/** Values of unlisted columns, computed from the current variables of the process. */

import { type ColumnValue, columnValues } from '../../../engine/columns/column-values.ts';
import { visibleVariables } from '../../../engine/core/enclosing-scopes.ts';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import type { Plan, ProcessColumn } from '../../../engine/model/plan.ts';
import type { InstanceState } from '../../../engine/model/types.ts';
import { queryNames } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';

const mostCharacters = 5000;

/** @returns by column id; empty when the process cannot be queried, so that its page still opens */
export async function factValues(
  { processes, log }: Deps,
  instance: string,
  plan: Plan,
  facts: readonly ProcessColumn[],
): Promise<Record<string, ColumnValue>> {
  try {
    const outcome = await processes.query<InstanceState>(instance, queryNames.state);
    if (outcome.kind !== 'done') return {};
    const { calendar, root } = outcome.answer;
    const variables = visibleVariables(outcome.answer, root);
    const evaluator = createEvaluator(plan);
    const now = new Date().toISOString();
    return columnValues(
      facts,
      (expression) => evaluator.evaluate(expression, (name) => variables[name], { now, calendar }),
      calendar.zone,
      mostCharacters,
    );
  } catch (error) {
    log.warn({ err: error instanceof Error ? error.message : 'unknown' }, 'facts not available');
    return {};
  }
}
