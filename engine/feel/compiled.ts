/** One expression of a diagram, parsed and compiled once: variables in, plain JSON or the failure as a value out. */
import type { Json } from '../model/plan.ts';
import type { DueReason, Evaluation, EvaluationContext } from '../model/types.ts';
import { analyse } from './analyse.ts';
import { newBudget } from './budget.ts';
import { definitionFunctions } from './builtins/index.ts';
import { compileDefinition } from './compile/index.ts';
import { FeelFailure, FeelSyntaxError, isLimit } from './failure.ts';
import { toJson } from './json.ts';
import { normalName } from './names.ts';
import { scopeOf } from './scope.ts';
import { parseOne, positionIn } from './syntax.ts';
import type { Running } from './values.ts';

type Lookup = (name: string) => Json | undefined;
export type Compiled = (lookup: Lookup, context: EvaluationContext) => Evaluation;

export const isFeelFunction = (name: string): boolean => definitionFunctions.has(normalName(name));

/** What a diagram's evaluation carries along: it ends at the first thing that cannot be computed. */
class DefinitionRunning implements Running {
  readonly context: EvaluationContext;
  readonly variable: Lookup;
  readonly reasons: DueReason[] = [];
  depth = 0;
  at: number | undefined = undefined;
  constructor(variable: Lookup, context: EvaluationContext) {
    this.variable = variable;
    this.context = context;
  }
  fail(message: string, at: number | undefined = this.at): never {
    throw new FeelFailure(message, at);
  }
  note(): null {
    return null;
  }
  because(reason: DueReason): void {
    this.reasons.push(reason);
  }
}

/**
 * @param source FEEL without leading `=`
 * @throws FeelSyntaxError
 */
export function compileFeel(source: string): Compiled {
  const root = parseOne(source);
  const asked = new Set(analyse(source, root).reads.flatMap((read) => (read.asked ? [read.name] : [])));
  const compiled = compileDefinition(source, root, asked);
  return (lookup, context) => {
    const running = new DefinitionRunning(lookup, context);
    newBudget();
    try {
      const value = toJson(compiled(scopeOf(null, running)), context.calendar.zone);
      return running.reasons.length > 0 ? { ok: true, value, because: running.reasons } : { ok: true, value };
    } catch (failure) {
      return failed(source, failure);
    }
  };
}

/** The sentence with its place, where it is known. */
export function failed(source: string, failure: unknown): Evaluation {
  const code =
    failure instanceof FeelFailure ? failure.code : isLimit(failure) ? 'expression-too-costly' : 'expression-failed';
  const message = failure instanceof Error ? failure.message.replace(/\.$/, '') : String(failure);
  const offset = failure instanceof FeelFailure || failure instanceof FeelSyntaxError ? failure.offset : undefined;
  return { ok: false, code, message: `${message}${offset === undefined ? '' : placeIn(source, offset)}.` };
}

function placeIn(source: string, offset: number): string {
  const { line, column } = positionIn(source, offset);
  return source.includes('\n') ? ` (line ${line}, column ${column})` : ` (column ${column})`;
}
