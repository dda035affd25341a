/** All functions FEEL has by itself (DMN 1.5, 10.3.4), and those of Camunda's dialect that ask whether something is there. */
import type { FeelValue, FunctionValue } from '../values.ts';
import { context } from './context.ts';
import { conversion } from './conversion.ts';
import { define } from './define.ts';
import { list } from './list.ts';
import { moment } from './moment.ts';
import { number } from './number.ts';
import { range } from './range.ts';
import { text } from './text.ts';

const logic: Record<string, FunctionValue> = {
  not: define('not', ['negand: boolean', () => (value: boolean) => !value]),
  'is defined': define('is defined', ['value: Any', () => (value: FeelValue) => value !== null]),
  'get or else': define('get or else', [
    'value: Any, default: Any',
    () => (value: FeelValue, other: FeelValue) => value ?? other,
  ]),
};

export const builtins: ReadonlyMap<string, FunctionValue> = new Map(
  Object.entries({ ...conversion, ...logic, ...text, ...list, ...number, ...range, ...moment, ...context }),
);
