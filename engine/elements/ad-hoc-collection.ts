/**
 * What an ad-hoc subprocess collects of its branches (`zeebe:adHoc`), one entry for each in the order in which they end. Each branch is a
 * scope of its own, in which the variables that its output element reads are local ones, as in Zeebe (docs.camunda.io, ad-hoc
 * subprocesses: an inner instance). What flows join together is one branch.
 */

import { properScope } from '../core/branches.ts';
import { adjustTokenCount } from '../core/live-tokens.ts';
import { elementOf, getScope, newKey, putWait, removeWait, setTokens } from '../core/run.ts';
import type { Run, Token } from '../core/run-types.ts';
import { enqueueToken } from '../core/token.ts';
import { lookupFrom, setVariables } from '../core/variables.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';
import type { ElementId, ElementOf, Expression, Plan, Variables } from '../model/plan.ts';
import type { Key, WaitOf } from '../model/types.ts';
import { outputVariables } from './output-element.ts';

type AdHoc = ElementOf<'adHocSubProcess'>;

/** For each contained element: the first of the elements connected to it by flows. */
const groupsOf = oncePerPlan((plan: Plan): ReadonlyMap<ElementId, ElementId> => {
  const groups = new Map<ElementId, ElementId>();
  const find = (id: ElementId): ElementId => {
    const above = groups.get(id) ?? id;
    return above === id ? id : find(above);
  };
  for (const { source, target } of Object.values(plan.flows)) groups.set(find(target), find(source));
  for (const element of Object.values(plan.elements))
    if (element.kind === 'boundaryEvent') groups.set(find(element.id), find(element.attachedTo));
  return new Map(Object.keys(plan.elements).map((id) => [id, find(id)]));
});

/** Elements to start, each in a branch of its own if a collection is declared. */
export function startBranches(run: Run, key: Key, element: AdHoc, ids: ElementId[]): void {
  if (element.collects === undefined) {
    setTokens(run, key, ids.length);
    for (const id of ids) enqueueToken(run, id, key);
    return;
  }
  const groups = groupsOf(run.plan);
  const branches = new Map<ElementId | undefined, ElementId[]>();
  for (const id of ids) branches.set(groups.get(id), [...(branches.get(groups.get(id)) ?? []), id]);
  setTokens(run, key, branches.size);
  for (const starts of branches.values()) {
    const branch = putBranch(run, key, element);
    setTokens(run, branch, starts.length);
    for (const id of starts) enqueueToken(run, id, branch);
  }
}

/** A branch without tokens; its place in the subprocess is the caller's to count. */
export function putBranch(run: Run, scope: Key, element: AdHoc): Key {
  const key = newKey(run);
  const variables = element.collects
    ? outputVariables(element.collects.element, {}, lookupFrom(run, undefined, scope))
    : {};
  putWait(run, { kind: 'scope', key, element: element.id, scope, since: run.now, tokens: 0, variables, branch: true });
  return key;
}

/** The last token of a branch has left. */
export function endBranch(run: Run, branch: WaitOf<'scope'>): void {
  removeWait(run, branch.key);
  adjustTokenCount(run, branch.scope!, -1);
}

/** Entry of a branch that ends with this activity; none for a skipped one. */
export function outputElementOf(run: Run, { element, host }: Token): Expression | undefined {
  const { parent } = element;
  const around = parent === null || host !== undefined ? undefined : run.plan.elements[parent];
  if (around?.kind !== 'adHocSubProcess' || around.collects === undefined) return undefined;
  const ends = 'outgoing' in element && element.outgoing.length === 0 && element.kind !== 'eventSubProcess';
  return ends && run.plan.elements[element.id] === element ? around.collects.element : undefined;
}

/** The branch has contributed its output. */
export function collectOutput(run: Run, { element, scope, output }: Token): void {
  const around = element.parent === null ? undefined : elementOf(run, element.parent);
  if (output === undefined || around?.kind !== 'adHocSubProcess' || !around.collects) return;
  const wait = getScope(run, properScope(run, scope));
  const outputs = [...(wait.outputs ?? []), output];
  putWait(run, { ...wait, outputs });
  setVariables(run, wait.key, { [around.collects.into]: outputs });
}

/** The collection is the result of the subprocess and no longer a variable of its own. */
export function withCollection(run: Run, scope: Key, token: Token): Variables | undefined {
  const { element, variables = {} } = token;
  if (element.kind !== 'adHocSubProcess' || !element.collects) return undefined;
  const { into } = element.collects;
  const { [into]: _, ...rest } = variables;
  token.variables = rest;
  const wait = getScope(run, scope);
  putWait(run, { ...wait, variables: rest });
  return { [into]: wait.outputs ?? [] };
}
