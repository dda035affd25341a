/** One expression, parsed once: its free variables are the parameters of a FEEL function that is invoked again and again. */
import { evaluate, FeelFunction } from 'feelin';
import type { Json } from '../plan.ts';
import type { DueReason, Evaluation, EvaluationContext } from '../types.ts';
import { type Analysis, analyse, type Read } from './analyse.ts';
import { FeelFailure, functionsFor, type Running } from './functions.ts';
import { toJson } from './json.ts';
import { rewrite } from './rewrite.ts';
import { dialect } from './tree.ts';

type Lookup = (name: string) => Json | undefined;
export type Compiled = (lookup: Lookup, context: EvaluationContext) => Evaluation;

interface Warning {
  type: string;
  message: string;
  position: { from: number; to: number };
  details: { values: Record<string, unknown> };
}

let running: Running | undefined;
/** The functions of `functions.ts`, bound to the evaluation under way. */
export const feelFunctions = functionsFor(() => {
  if (!running) throw new FeelFailure('A function was called outside an evaluation.');
  return running;
});

/** A word FEEL accepts as the name of a parameter. Others (backticks, `?`) are given as context, which parses at each evaluation. */
const parameterName = /^[\p{L}_$][\p{L}\p{N}_$]*( [\p{L}\p{N}_$]+)*$/u;

const builtins = new Map<string, boolean>();

/** feelin does not export its table of functions, but resolves a name to one. */
export function isFeelFunction(name: string): boolean {
  if (Object.hasOwn(feelFunctions, name)) return true;
  let known = builtins.get(name);
  if (known === undefined) {
    known = false;
    try {
      known = typeof evaluate(name, {}, dialect).value === 'function';
    } catch {
      // A name that does not parse is no function.
    }
    builtins.set(name, known);
  }
  return known;
}

const failed = (message: string): Evaluation => ({ ok: false, code: 'expression-failed', message });

/**
 * Which warnings of feelin mean that the value cannot be relied on. Harmless are: an entry that a context does not have and any
 * entry of null (a path into what is not there is null, DMN 1.3, 10.3.2.5), and whatever happens inside the argument of
 * `is defined` and `get or else`.
 */
function problemOf(warnings: Warning[], analysis: Analysis, offset: number): Evaluation | undefined {
  for (const { type, message, position, details } of warnings) {
    const from = position.from - offset;
    if (analysis.tolerant.some((range) => from >= range.from && from < range.to)) continue;
    if (type === 'NO_CONTEXT_ENTRY_FOUND') continue;
    if (type === 'NO_PROPERTY_FOUND' && (details.values['target'] ?? null) === null) continue;
    const call = analysis.calls.find((called) => called.from === from);
    if (call) return failed(`There is no function "${call.name}".`);
    if (type === 'NO_VARIABLE_FOUND') return { ok: false, code: 'missing-variable', message };
    return failed(message);
  }
  return undefined;
}

/** The value to hand in, or the failure when no scope has it. Undefined lets feelin tell, if it comes to read it at all. */
function given(read: Read, lookup: Lookup): { value: Json | undefined } | undefined {
  const value = lookup(read.name);
  if (value !== undefined) return { value };
  if (read.asked) return { value: null };
  // A variable that is named like a function of FEEL and is missing would silently become that function.
  if (!read.argument && isFeelFunction(read.name)) return undefined;
  return { value };
}

/**
 * @param source FEEL without leading `=`
 * @throws feelin's SyntaxError
 */
export function compileFeel(source: string): Compiled {
  const body = rewrite(source);
  const analysis = analyse(body);
  const reads = analysis.reads.filter(({ name }) => !Object.hasOwn(feelFunctions, name) || name === '?');
  const extras = Object.fromEntries(
    analysis.calls.flatMap(({ name }) => (Object.hasOwn(feelFunctions, name) ? [[name, feelFunctions[name]]] : [])),
  );
  const asFunction = reads.every(({ name }) => parameterName.test(name));
  const prefix = asFunction ? `function(${reads.map(({ name }) => name).join(', ')}) ` : '';
  let invoke: (values: (Json | undefined)[]) => unknown;
  let warnings: Warning[] = [];
  if (asFunction) {
    const made = evaluate(prefix + body, extras, dialect);
    const fn = made.value;
    if (!(fn instanceof FeelFunction)) throw new FeelFailure('The expression cannot be compiled.');
    // One array for the life of the function; it is emptied at each call below.
    warnings = made.warnings as Warning[];
    invoke = (values) => fn.invoke(values);
  } else {
    // Parses once here, so that a syntax error shows at once.
    evaluate(`function() ${body}`, extras, dialect);
    invoke = (values) => {
      const known = Object.fromEntries(
        reads.flatMap(({ name }, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
      );
      const { value, warnings: raised } = evaluate(body, { ...extras, ...known }, dialect);
      warnings = raised as Warning[];
      return value;
    };
  }

  return (lookup, context) => {
    const values: (Json | undefined)[] = [];
    for (const read of reads) {
      const found = given(read, lookup);
      if (!found) return { ok: false, code: 'missing-variable', message: `Variable '${read.name}' not found` };
      values.push(found.value);
    }
    const because: DueReason[] = [];
    const outer = running;
    running = { context, because };
    try {
      const result = invoke(values);
      const problem = warnings.length > 0 ? problemOf(warnings, analysis, prefix.length) : undefined;
      if (problem) return problem;
      const value = toJson(result, context);
      return because.length > 0 ? { ok: true, value, because } : { ok: true, value };
    } catch (error) {
      // A function that got null for a missing variable says less than the variable's name does.
      const problem = problemOf(warnings, analysis, prefix.length);
      if (problem && !problem.ok && problem.code === 'missing-variable') return problem;
      return failed(error instanceof Error ? error.message : String(error));
    } finally {
      running = outer;
      warnings.length = 0;
    }
  };
}
