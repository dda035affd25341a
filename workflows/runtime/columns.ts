/** The columns of an instance's row, recalculated only when process variables have changed. */
import { columnKeys } from '../../engine/columns/column-keys.ts';
import { type ColumnValue, columnValues } from '../../engine/columns/column-values.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { Env, InstanceState } from '../../engine/model/types.ts';

export interface Columns {
  columns: Record<string, ColumnValue>;
  columnKeys: string[];
}

type ColumnsReader = (at: { plan: Plan; state: InstanceState; variables: Variables }, env: Env) => Columns | undefined;

/** @returns a function that gives undefined for a process without columns */
export function createColumns(): ColumnsReader {
  let last: { plan: Plan; variables: Variables; columns: Columns } | undefined;
  return ({ plan, state, variables }, { now, evaluator }) => {
    const declared = plan.profile?.columns ?? [];
    if (declared.length === 0) return undefined;
    if (last?.plan !== plan || last.variables !== variables) {
      const { calendar } = state;
      const context = { now, calendar };
      const values = columnValues(
        declared,
        (expression) => evaluator.evaluate(expression, (name) => variables[name], context),
        calendar.zone,
      );
      last = { plan, variables, columns: { columns: values, columnKeys: columnKeys(declared, values, calendar.zone) } };
    }
    return last.columns;
  };
}

export const sameColumns = (a: Columns | undefined, b: Columns | undefined): boolean =>
  a === b || JSON.stringify(a?.columns) === JSON.stringify(b?.columns);
