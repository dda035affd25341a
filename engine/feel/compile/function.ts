/** `function(x: number) x + 1` (DMN 1.5, 10.3.2.13). */
import { weightOf } from '../budget.ts';
import { calling } from '../scope.ts';
import { children, type FeelNode, normalNameOf } from '../syntax.ts';
import { anyType, coerce, withSignature } from '../types.ts';
import { type FeelValue, functionOf } from '../values.ts';
import type { Compiled, Source } from './source.ts';
import { typeOf } from './type.ts';

export function definition(parts: FeelNode[], source: Source): Compiled {
  const body = parts.find(({ name }) => name === 'FunctionBody');
  const formal = parts.filter(({ name }) => name === 'FormalParameters').flatMap(children);
  if (!body || parts.some(({ name }) => name === 'external'))
    return (scope) => scope.running.fail('A function outside FEEL cannot be run');
  const parameters = formal.map((parameter) => {
    const [key = parameter, type] = children(parameter);
    return { name: normalNameOf(source.text, key), type: (type && typeOf(type, source)) ?? anyType };
  });
  const accepting = parameters.map(({ name, type }) => ({ name, accept: (value: FeelValue) => coerce(value, type) }));
  const types = parameters.map(({ type }) => type);
  const result = source.compile(body);
  const weight = weightOf(body.to - body.from);
  return (scope) => {
    const fn = functionOf(
      accepting,
      (args, running) => {
        const own = new Map(args.map((value, index) => [accepting[index]?.name ?? '', value]));
        return result(calling(scope, own, running));
      },
      weight,
    );
    return withSignature(fn, types, anyType);
  };
}
