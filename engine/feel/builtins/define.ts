/** How built-in functions are written down: a signature per way to call them, with the types of the parameters. */
import { anyType, builtInType, coerce, conforms, type Type } from '../types.ts';
import { type FeelValue, FunctionValue, kindOf, type Running } from '../values.ts';

/** `undefined` stands for an argument that was left out. */
type Argument = FeelValue | undefined;
// The checked types of the arguments are those of the signature, which the compiler does not read.
// biome-ignore lint/suspicious/noExplicitAny: see above
type Body = (...args: any[]) => FeelValue | undefined;

interface Parameter {
  name: string;
  type: Type;
  optional: boolean;
  nullable: boolean;
  rest: boolean;
}

interface Signature {
  parameters: Parameter[];
  body: Body;
}

/** Types of parameters that are more than one type of FEEL. */
const unions: Record<string, (value: FeelValue) => boolean> = {
  temporal: (value) => ['date', 'date and time'].includes(kindOf(value)),
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

function accept(value: Argument, { type, optional, nullable }: Parameter): { value: Argument } | undefined {
  if (value === undefined) return optional ? { value } : undefined;
  if (value === null) return nullable ? { value } : undefined;
  if (conforms(value, type)) return { value };
  const made = coerce(value, type);
  return made === undefined ? undefined : { value: made };
}

function acceptAll(args: Argument[], { parameters }: Signature): Argument[] | undefined {
  const rest = parameters.at(-1)?.rest ? parameters.at(-1) : undefined;
  if (!rest && args.length > parameters.length) return undefined;
  if (rest && args.length < parameters.length) return undefined;
  const accepted: Argument[] = [];
  for (let index = 0; index < Math.max(args.length, parameters.length); index++) {
    const parameter = parameters[index] ?? rest;
    const taken = parameter && accept(args[index], parameter);
    if (!taken) return undefined;
    accepted.push(taken.value);
  }
  return accepted;
}

/** @param ways pairs of signature and body; a body gives undefined where its arguments have no result, which is null with a warning */
export function define(name: string, ...ways: [signature: string, body: (running: Running) => Body][]): FunctionValue {
  const signatures = ways.map(([signature, body]) => ({ parameters: parametersOf(signature), make: body }));
  const fail = (running: Running, args: Argument[]): null => {
    const kinds = args.map((arg) => (arg === undefined ? 'nothing' : kindOf(arg)));
    running.warn(`${name}(${kinds.join(', ')}) has no value.`);
    return null;
  };
  const run = (args: Argument[], signature: (typeof signatures)[number], running: Running): FeelValue | undefined => {
    const accepted = acceptAll(args, { parameters: signature.parameters, body: () => null });
    if (!accepted) return undefined;
    const result = signature.make(running)(...accepted);
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
