/** How built-in functions are written down: a signature per way to call them, with the types of the parameters. */
import { spendOn } from '../budget.ts';
import { shown } from '../text.ts';
import { anyType, builtInType, coerce, conforms, type Type } from '../types.ts';
import { type FeelValue, FunctionValue, kindOf, type Running } from '../values.ts';

/** `undefined` stands for an argument that was left out. */
type Argument = FeelValue | undefined;
/** The answer is that there is nothing: a place beyond the end of a list. Null, but no error. */
export const nothingThere = Symbol('nothing there');
type Result = FeelValue | undefined | typeof nothingThere;
// The checked types of the arguments are those of the signature, which the compiler does not read.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Body = (...args: any[]) => Result;

interface Parameter {
  name: string;
  type: Type;
  optional: boolean;
  nullable: boolean;
  rest: boolean;
}

interface Signature {
  parameters: Parameter[];
  rest: Parameter | undefined;
  make: (running: Running) => Body;
}

/** Types of parameters that are more than one type of FEEL. */
const unions: Record<string, (value: FeelValue) => boolean> = {
  temporal: (value) => ['date', 'date and time'].includes(kindOf(value)),
  moment: (value) => ['date', 'date and time', 'string'].includes(kindOf(value)),
  point: (value) => !['null', 'list', 'context', 'function', 'range', 'boolean'].includes(kindOf(value)),
  size: (value) => ['number', 'years and months duration', 'days and time duration'].includes(kindOf(value)),
};

function typeNamed(name: string): Type {
  const allows = unions[name];
  if (allows) return { is: 'restricted', type: anyType, allows };
  const found = builtInType(name);
  if (!found) throw new Error(`No type "${name}".`);
  return found;
}

/** `list: list, length: number?` — `?` may be left out, `type|null` may be null, `...` takes the rest. */
function parametersOf(signature: string): Parameter[] {
  if (signature === '') return [];
  return signature.split(', ').map((written) => {
    const [name = '', type = 'Any'] = written.split(': ');
    const optional = type.endsWith('?');
    const plain = type.replace('?', '').replace('|null', '');
    return {
      name: name.replace('...', ''),
      type: typeNamed(plain),
      optional,
      nullable: plain === 'Any' || type.includes('|null'),
      rest: name.startsWith('...'),
    };
  });
}

const unfit = Symbol('unfit');

function accept(value: Argument, { type, optional, nullable }: Parameter): Argument | typeof unfit {
  if (value === undefined) return optional ? value : unfit;
  if (value === null) return nullable ? value : unfit;
  if (conforms(value, type)) return value;
  return coerce(value, type) ?? unfit;
}

function acceptAll(args: readonly Argument[], { parameters, rest }: Signature): Argument[] | undefined {
  if (rest ? args.length < parameters.length : args.length > parameters.length) return undefined;
  const accepted: Argument[] = [];
  for (let index = 0; index < Math.max(args.length, parameters.length); index++) {
    const parameter = parameters[index] ?? rest;
    const taken = parameter ? accept(args[index], parameter) : unfit;
    if (taken === unfit) return undefined;
    accepted.push(taken);
  }
  return accepted;
}

/** Null, or a list of one kind of value with null in it. */
function hasNull(arg: Argument): boolean {
  if (!Array.isArray(arg)) return arg === null;
  return arg.includes(null) && new Set(arg.flatMap((entry) => (entry === null ? [] : kindOf(entry)))).size < 2;
}

/** @param ways pairs of signature and body; a body gives undefined where its arguments have no result, which is null by the standard */
export function define(name: string, ...ways: [signature: string, body: (running: Running) => Body][]): FunctionValue {
  return defined(name, false, ways);
}

/** Null is no argument of these: a date, a duration or a due date of nothing is an error and not nothing. */
export function defineOfSomething(name: string, ...ways: [signature: string, body: (running: Running) => Body][]) {
  return defined(name, true, ways);
}

function defined(
  name: string,
  ofSomething: boolean,
  ways: [signature: string, body: (running: Running) => Body][],
): FunctionValue {
  const signatures = ways.map(([signature, make]): Signature => {
    const parameters = parametersOf(signature);
    const last = parameters.at(-1);
    return { parameters, make, rest: last?.rest ? last : undefined };
  });
  const fail = (running: Running, args: readonly Argument[]): null => {
    const message = `${name}(${args.map((arg) => (arg === undefined ? 'nothing' : shown(arg))).join(', ')}) has no value`;
    return !ofSomething && args.some(hasNull) ? running.note(message) : running.fail(message);
  };
  /** @returns undefined where the arguments are not those of the signature */
  const run = (args: readonly Argument[], signature: Signature, running: Running): FeelValue | undefined => {
    const accepted = acceptAll(args, signature);
    if (!accepted) return undefined;
    for (const arg of accepted) spendOn(arg);
    const result = signature.make(running)(...accepted);
    spendOn(result);
    if (result === nothingThere) return running.note(`${name} has nothing to give`);
    return result === undefined ? fail(running, args) : result;
  };
  const positional = (args: FeelValue[], running: Running): FeelValue => {
    for (const signature of signatures) {
      const result = run(args, signature, running);
      if (result !== undefined) return result;
    }
    return fail(running, args);
  };
  const named = (args: ReadonlyMap<string, FeelValue>, running: Running): FeelValue => {
    for (const signature of signatures) {
      const { parameters } = signature;
      if ([...args.keys()].some((key) => !parameters.some((parameter) => parameter.name === key))) continue;
      const ordered = parameters.flatMap((parameter): Argument[] => {
        const value = args.get(parameter.name);
        if (!parameter.rest) return [value];
        return value === undefined ? [] : Array.isArray(value) ? value : [value];
      });
      const result = run(ordered, signature, running);
      if (result !== undefined) return result;
    }
    return fail(running, [...args.values()]);
  };
  return new FunctionValue(signatures[0]?.parameters.map((parameter) => parameter.name) ?? [], positional, named);
}
