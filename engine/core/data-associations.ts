/** Data associations: data objects and properties are variables of their scope, copied in before and out after (BPMN 2.0.2, 10.4.2). */

import type { ExpressionPart } from '../model/incidents.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';
import { setOwn } from '../model/own-property.ts';
import type { DataAssociation, Expression, Json, PlanElement, Variables } from '../model/plan.ts';
import { type Failure, failedExpression, type Outcome } from './failure.ts';
import type { Run } from './run-types.ts';
import { evaluate, type Lookup, setWithin } from './variables.ts';

/** Names that associations move something in or out of; definitions show many data objects that only document. */
const movedIn = oncePerPlan((plan) => {
  const names = new Set<string>();
  for (const element of Object.values(plan.elements))
    for (const { source, target } of [...(dataInputs(element) ?? []), ...(dataOutputs(element) ?? [])]) {
      if (source !== undefined) names.add(source);
      names.add(target);
    }
  return names;
});

/**
 * The variables a scope begins with: its data objects and properties are there from its start and live in it, empty as long as nothing
 * is written (BPMN 2.0.2, 10.4.1 lifecycle and visibility).
 */
export function withData(run: Run, element: PlanElement, variables: Variables): Variables {
  const data = 'data' in element ? element.data : undefined;
  if (data === undefined) return variables;
  const names = data.flatMap(({ name, property }) =>
    (property || movedIn(run.plan).has(name)) && !Object.hasOwn(variables, name) ? [name] : [],
  );
  if (names.length === 0) return variables;
  return { ...variables, ...Object.fromEntries(names.map((name) => [name, null])) };
}

export function dataInputs(element: PlanElement): DataAssociation[] | undefined {
  return 'dataInputs' in element ? element.dataInputs : undefined;
}

export function dataOutputs(element: PlanElement): DataAssociation[] | undefined {
  return 'dataOutputs' in element ? element.dataOutputs : undefined;
}

/**
 * @param base value of the target into whose parts assignments write
 * @returns values of the targets; a source without a value is skipped
 */
export function associate(run: Run, associations: DataAssociation[], lookup: Lookup, base: Lookup): Outcome<Variables> {
  const targets: Variables = {};
  for (const association of associations) {
    const failure = associateOne(run, association, lookup, base, targets);
    if (failure) return failure;
  }
  return { ok: true, value: targets };
}

function associateOne(
  run: Run,
  { source, target, transformation, assignments }: DataAssociation,
  lookup: Lookup,
  base: Lookup,
  targets: Variables,
): Failure | undefined {
  if (assignments) {
    for (const { from, to } of assignments) {
      const value = outcomeOf(run, 'data-assignment', from, lookup);
      if (!value.ok) return value;
      assign(targets, pathOf(to), value.value, base);
    }
    return undefined;
  }
  if (transformation) {
    const value = outcomeOf(run, 'data-transformation', transformation, lookup);
    if (!value.ok) return value;
    setOwn(targets, target, value.value);
    return undefined;
  }
  const value = source === undefined ? undefined : lookup(source);
  if (value !== undefined) setOwn(targets, target, value);
  return undefined;
}

function outcomeOf(run: Run, part: ExpressionPart, expression: Expression, lookup: Lookup): Outcome<Json> {
  const result = evaluate(run, expression, lookup);
  return result.ok ? { ok: true, value: result.value } : failedExpression(part, expression, result);
}

/** The target of an assignment is a path, not a value. */
function pathOf(to: Expression): string[] {
  return ('feel' in to ? to.feel : to.literal).trim().split('.');
}

function assign(targets: Variables, [name = '', ...path]: string[], value: Json, base: Lookup): void {
  const old = Object.hasOwn(targets, name) ? targets[name] : base(name);
  setOwn(targets, name, setWithin(old, path, value));
}
