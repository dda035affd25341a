/** `+ - * / **` and the sign (DMN 1.5, 10.3.2.3 and tables 54 to 60). */
import { nanosPerDay } from '../calendar-math.ts';
import { FeelSyntaxError } from '../failure.ts';
import { add, divide, multiply, negate, power, subtract } from '../operators.ts';
import type { FeelNode } from '../syntax.ts';
import { DateValue, SecondsValue } from '../temporal.ts';
import { shown } from '../text.ts';
import type { FeelValue } from '../values.ts';
import { type Compiled, part, type Source, sourceOf } from './source.ts';

const operations: Record<string, (a: FeelValue, b: FeelValue) => FeelValue> = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '**': power,
  '^': power,
};

export function arithmetic(parts: FeelNode[], source: Source): Compiled {
  const [first, second] = [part(parts, 0), part(parts, 1)];
  const third = parts[2];
  if (!third) return sign(source.compile(second), first.from);
  const operator = sourceOf(second, source).trim();
  const operation = operations[operator];
  if (!operation) throw new FeelSyntaxError(`"${operator}" cannot stand here.`, second.from);
  const [left, right] = [source.compile(first), source.compile(third)];
  const at = second.from;
  const inDefinition = source.diagram !== undefined;
  return (scope) => {
    const a = left(scope);
    const b = right(scope);
    const result = operation(a, b);
    if (result === null) return scope.running.fail(`${shown(a)} ${operator} ${shown(b)} has no value`, at);
    if (inDefinition && result instanceof DateValue && (hasHours(a) || hasHours(b)))
      return scope.running.fail(
        `${shown(a)} ${operator} ${shown(b)}: a date has no hours, begin with date and time(…)`,
        at,
      );
    return result;
  };
}

/** By the standard the hours are dropped (DMN 1.5, table 55); a due date that is hours too early looks right and is not. */
const hasHours = (value: FeelValue): boolean => value instanceof SecondsValue && value.nanos % nanosPerDay !== 0n;

function sign(value: Compiled, from: number): Compiled {
  return (scope) => {
    const given = value(scope);
    return negate(given) ?? scope.running.fail(`-${shown(given)} has no value`, from);
  };
}
