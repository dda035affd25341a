/**
 * The values of FEEL (DMN 1.5, 10.3.2.2). JSON is FEEL as it stands; what it has no form for is a small immutable object. Contexts
 * made here are Maps, so that no key of theirs can meet JavaScript's own.
 */
import type { Json } from '../model/plan.ts';
import type { DueReason, EvaluationContext } from '../model/types.ts';
import { spend } from './budget.ts';
import { FeelLimit } from './failure.ts';
import { DateTimeValue, DateValue, Immutable, MonthsValue, SecondsValue, TimeValue } from './temporal.ts';

export type FeelValue =
  | null
  | boolean
  | number
  | string
  | FeelValue[]
  | FeelContext
  | JsonContext
  | DateValue
  | TimeValue
  | DateTimeValue
  | MonthsValue
  | SecondsValue
  | RangeValue
  | FunctionValue;
export type FeelContext = Map<string, FeelValue>;
/** A context of the variables of a process. Never changed. */
export interface JsonContext {
  readonly [key: string]: Json;
}

/** What an evaluation carries along: process time, the variables, and what becomes of a value that there is none of. */
export interface Running {
  readonly context: EvaluationContext;
  /** Invocations under way; recursion has a limit. */
  depth: number;
  /** Variables of names that no scope of the expression itself has. */
  variable?(name: string): FeelValue | undefined;
  /**
   * Cannot be computed: null with a warning by the standard; in a diagram the evaluation fails.
   * @param at offset in the source
   */
  fail(message: string, at?: number): null;
  /** It is null, as things stand: an entry beyond the end of a list, a function of null. */
  note(message: string): null;
  /** Offset of the function that was called last. */
  at?: number;
  /** Records the working-day sums on which the value is based. */
  because?(reason: DueReason): void;
}

/** A side may have no end: `> 5` is everything above. An interval written with `null` is not that; nothing is known to lie in it. */
export class RangeValue extends Immutable {
  readonly start: FeelValue;
  readonly end: FeelValue;
  readonly startIncluded: boolean;
  readonly endIncluded: boolean;
  readonly unbounded: boolean;
  constructor(start: FeelValue, end: FeelValue, startIncluded: boolean, endIncluded: boolean, unbounded = false) {
    super();
    this.start = start;
    this.end = end;
    this.startIncluded = startIncluded;
    this.endIncluded = endIncluded;
    this.unbounded = unbounded;
  }
}

export interface Parameter {
  name: string;
  /** Checks and converts an argument; undefined when it does not conform. */
  accept?: (value: FeelValue) => FeelValue | undefined;
}

export class FunctionValue extends Immutable {
  /** One list of names per way to call it. */
  readonly parameters: readonly string[];
  readonly positional: (args: FeelValue[], running: Running) => FeelValue;
  readonly named: (args: ReadonlyMap<string, FeelValue>, running: Running) => FeelValue;
  constructor(parameters: readonly string[], positional: FunctionValue['positional'], named: FunctionValue['named']) {
    super();
    this.parameters = parameters;
    this.positional = positional;
    this.named = named;
  }
}

/** Of functions that call each other. */
const maxDepth = 500;

/** A function of fixed parameters, as written in FEEL or drawn as a business knowledge model. @param weight of its body (budget.ts) */
export function functionOf(
  parameters: readonly Parameter[],
  call: (args: FeelValue[], running: Running) => FeelValue,
  weight = 1,
): FunctionValue {
  const names = parameters.map(({ name }) => name);
  const positional = (args: FeelValue[], running: Running): FeelValue => {
    if (args.length !== parameters.length) {
      return running.fail(`The function takes ${parameters.length} arguments, it got ${args.length}.`);
    }
    const accepted: FeelValue[] = [];
    for (const [index, { name, accept }] of parameters.entries()) {
      const value = args[index] ?? null;
      const taken = accept ? accept(value) : value;
      if (taken === undefined) {
        return running.fail(`The argument "${name}" is not of its type.`);
      }
      accepted.push(taken);
    }
    if (running.depth >= maxDepth) throw new FeelLimit(`Functions call each other more than ${maxDepth} deep`);
    spend(weight);
    running.depth++;
    try {
      return call(accepted, running);
    } finally {
      running.depth--;
    }
  };
  return new FunctionValue(names, positional, (args, running) => {
    const unknown = [...args.keys()].find((name) => !names.includes(name));
    if (unknown !== undefined) return running.fail(`The function has no parameter "${unknown}".`);
    if (args.size !== names.length) return running.fail('An argument is missing.');
    return positional(
      names.map((name) => args.get(name) ?? null),
      running,
    );
  });
}

export type Kind =
  | 'null'
  | 'boolean'
  | 'number'
  | 'string'
  | 'list'
  | 'context'
  | 'date'
  | 'time'
  | 'date and time'
  | 'years and months duration'
  | 'days and time duration'
  | 'range'
  | 'function';

export function kindOf(value: FeelValue): Kind {
  if (value === null) return 'null';
  if (typeof value === 'number') return 'number';
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Map) return 'context';
  if (value instanceof DateValue) return 'date';
  if (value instanceof DateTimeValue) return 'date and time';
  if (value instanceof TimeValue) return 'time';
  if (value instanceof MonthsValue) return 'years and months duration';
  if (value instanceof SecondsValue) return 'days and time duration';
  if (value instanceof RangeValue) return 'range';
  return value instanceof FunctionValue ? 'function' : 'context';
}

/** Of process variables: read in place, without a copy. */
export const isJsonContext = (value: FeelValue): value is JsonContext =>
  typeof value === 'object' &&
  value !== null &&
  !(value instanceof Immutable) &&
  !(value instanceof Map) &&
  !Array.isArray(value);
