/** What an ad-hoc subprocess collects of its branches (`zeebe:adHoc`), one entry for each in the order in which they end. */

import { getWait, putWait } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { setVariables } from '../core/variables.ts';
import type { Expression, Variables } from '../model/plan.ts';
import type { Key } from '../model/types.ts';

/** What is collected of a branch that ends with this activity; nothing of one that was skipped. */
export function outputElementOf(run: Run, { element, host }: Token): Expression | undefined {
  const { parent } = element;
  const around = parent === null || host !== undefined ? undefined : run.plan.elements[parent];
  if (around?.kind !== 'adHocSubProcess' || around.collects === undefined) return undefined;
  const ends = 'outgoing' in element && element.outgoing.length === 0 && element.kind !== 'eventSubProcess';
  return ends && run.plan.elements[element.id] === element ? around.collects.element : undefined;
}

/** The branch has brought its part. */
export function collectOutput(run: Run, { element, scope: key, output }: Token): void {
  const around = element.parent === null ? undefined : run.plan.elements[element.parent];
  const scope = getWait(run, key);
  if (output === undefined || around?.kind !== 'adHocSubProcess' || !around.collects || scope === undefined) return;
  const { into } = around.collects;
  const before = scope.variables?.[into];
  setVariables(run, key, { [into]: [...(Array.isArray(before) ? before : []), output] });
}

/** The collection goes out as the result of the whole: no variable of its own any more. */
export function withCollection(run: Run, scope: Key, token: Token): Variables | undefined {
  const { element, variables = {} } = token;
  if (element.kind !== 'adHocSubProcess' || !element.collects) return undefined;
  const { [element.collects.into]: collection = [], ...rest } = variables;
  token.variables = rest;
  const wait = getWait(run, scope);
  if (wait) putWait(run, { ...wait, variables: rest });
  return { [element.collects.into]: collection };
}
