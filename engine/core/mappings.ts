/** Data in and out of an element: input and output mappings, results without mappings. */

import { namesRead } from '../elements/output-element.ts';
import type { Expression, PlanElement, Variables } from '../model/plan.ts';
import type { Evaluation } from '../model/types.ts';
import { associate, dataInputs, dataOutputs } from './data-associations.ts';
import { type Failure, failedExpression, type Outcome } from './failure.ts';
import type { Run, Token } from './run-types.ts';
import { isBody, isLoopInstance, lookupAt, lookupStartOf, scopeAround } from './token.ts';
import { evaluate, evaluateMappings, type Lookup, lookupFrom, propagateVariables } from './variables.ts';

/** Data associations first, then input mappings, which may read their targets. */
export function mapInputs(run: Run, token: Token): Failure | undefined {
  const { element } = token;
  const associations = dataInputs(element);
  if (associations) {
    const data = associate(run, associations, lookupAt(run, token), () => undefined);
    if (!data.ok) return data;
    token.variables = { ...token.variables, ...data.value };
  }
  if (!('inputs' in element) || element.inputs === undefined || element.inputs.length === 0) return undefined;
  const inputs = evaluateMappings(run, 'input-mapping', element.inputs, lookupAt(run, token), () => undefined);
  if (!inputs.ok) return inputs;
  token.variables = { ...token.variables, ...inputs.value };
  return undefined;
}

/**
 * With output mappings only their targets are propagated; without them all result variables except local ones. On
 * failure the results stay in the token for a retry.
 */
export function applyOutputs(run: Run, token: Token, results: Variables | undefined): Failure | undefined {
  const { element } = token;
  const start = lookupStartOf(token);
  // The mappings of a looping activity are those of its instances, not of the body.
  const outputs = 'outputs' in element && !isBody(run, token) ? element.outputs : undefined;
  const mapping = outputs !== undefined && outputs.length > 0;
  const instance = isLoopInstance(run, token);
  const collecting = instance ? outputElement(element) : scopeAround(run, element)?.childOutput?.(run, token);
  const associations = isBody(run, token) ? undefined : dataOutputs(element);
  if (associations) {
    const lookup = lookupFrom(run, { ...token.variables, ...results }, start);
    const data = associate(run, associations, lookup, lookupFrom(run, undefined, start));
    if (!data.ok) {
      if (!mapping) keepResults(run, token, results, collecting);
      token.variables = { ...token.variables, ...results };
      return data;
    }
    propagateVariables(run, start, data.value);
  }
  if (!mapping && !collecting) {
    if (results !== undefined)
      propagateVariables(run, start, token.variables ? without(results, token.variables) : results);
    return undefined;
  }
  const locals = token.variables;
  if (results !== undefined) token.variables = { ...locals, ...results };
  const lookup = lookupAt(run, token);
  // A loop instance keeps its own variables: an output may write the item, or variables of the output element, as in
  // Zeebe.
  const own = instance ? locals : undefined;
  const mapped: Outcome<Variables> = mapping
    ? evaluateMappings(run, 'output-mapping', outputs, lookup, lookupFrom(run, own, start))
    : { ok: true, value: {} };
  if (!mapped.ok) return mapped;
  if (collecting) {
    const seen: Lookup = (name) => (Object.hasOwn(mapped.value, name) ? mapped.value[name] : lookup(name));
    const output = evaluateOutput(run, collecting, seen);
    // An instance without the variable contributes null, as in Zeebe, so that the list has one entry per item.
    if (!output.ok && output.code !== 'missing-variable') {
      if (!mapping) keepResults(run, { ...token, variables: locals ?? {} }, results, collecting);
      return failedExpression('output-element', collecting, output);
    }
    token.output = output.ok ? output.value : null;
    if (!mapping && results !== undefined)
      propagateVariables(run, start, outgoingVariables(locals, results, collecting));
  }
  if (mapping) propagateVariables(run, start, own ? without(mapped.value, own) : mapped.value);
  return undefined;
}

/** A missing variable is null, and an expression over it may fail: then nothing is collected. */
function evaluateOutput(run: Run, expression: Expression, seen: Lookup): Evaluation {
  const output = evaluate(run, expression, seen);
  if (output.ok || output.code === 'missing-variable') return output;
  const names = namesRead(expression);
  const brought = evaluate(run, expression, (name) => (names.includes(name) ? (seen(name) ?? undefined) : seen(name)));
  return !brought.ok && brought.code === 'missing-variable' ? brought : output;
}

/** Results that go out without being mapped. A variable that is collected stays with its instance, as in Zeebe. */
function outgoingVariables(
  locals: Variables | undefined,
  results: Variables,
  collecting: Expression | undefined,
): Variables {
  const collected = collecting && 'feel' in collecting ? { [collecting.feel.trim()]: null } : {};
  return without(results, { ...locals, ...collected });
}

/** A retry has no results except those that mappings read in the token: unmapped ones are propagated now. */
function keepResults(run: Run, token: Token, results: Variables | undefined, collecting: Expression | undefined): void {
  if (results === undefined) return;
  propagateVariables(run, lookupStartOf(token), outgoingVariables(token.variables, results, collecting));
}

function outputElement(element: PlanElement): Expression | undefined {
  if (!('loop' in element) || element.loop?.type !== 'multi') return undefined;
  return element.loop.outputElement;
}

function without(variables: Variables, names: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !Object.hasOwn(names, name)));
}
