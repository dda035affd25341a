/** All functions there are: FEEL's own (DMN 1.5, 10.3.4), Camunda's (docs/feel.md), and working days. */
import type { FunctionValue } from '../values.ts';
import { aggregate } from './aggregate.ts';
import { camunda } from './camunda.ts';
import { context } from './context.ts';
import { conversion } from './conversion.ts';
import { define } from './define.ts';
import { inDefinition } from './definition-functions.ts';
import { list } from './list.ts';
import { moment } from './moment.ts';
import { number } from './number.ts';
import { range } from './range.ts';
import { text } from './text.ts';
import { workingDays } from './working-days.ts';

const logic: Record<string, FunctionValue> = {
  not: define('not', ['negand: boolean', () => (value: boolean) => !value]),
};

export type FeelFunctions = ReadonlyMap<string, FunctionValue>;

const all = {
  ...conversion,
  ...logic,
  ...text,
  ...list,
  ...aggregate,
  ...number,
  ...range,
  ...moment,
  ...context,
  ...camunda,
};

export const builtins: FeelFunctions = new Map(Object.entries({ ...all, ...workingDays }));

/** For diagrams: see `definition-functions.ts`. */
export const definitionFunctions: FeelFunctions = new Map(Object.entries({ ...all, ...inDefinition(all) }));
