/** Evaluating one expression as a diagram does, with a clock and the calendar of China. */
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import type { Json } from '../../../engine/model/plan.ts';
import type { Evaluation } from '../../../engine/model/types.ts';
import { chinaCalendar } from '../../../engine/time/china.ts';

const calendar = chinaCalendar();
const now = '2026-11-02T01:02:03.000Z';
const evaluator = createEvaluator({ format: 1, key: 'p', name: 'p', elements: {}, flows: {}, forms: {} });

export const evaluate = (feel: string, variables: Record<string, Json> = {}): Evaluation =>
  evaluator.evaluate({ feel }, (name) => (Object.hasOwn(variables, name) ? variables[name] : undefined), {
    now,
    calendar,
  });

/** The value, or the failure in words. */
export function resultOf(feel: string, variables: Record<string, Json> = {}): Json {
  const result = evaluate(feel, variables);
  return result.ok ? result.value : `${result.code}: ${result.message}`;
}
