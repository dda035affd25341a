/** Whether the values of a completion are what the task's form asks for, told field by field in words. */

import { elementOf } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { enclosing, evaluate, jsonEqual, lookupFrom } from '../core/variables.ts';
import type { FormField, Json, LocalizedText, Variables } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';
import { isPlainDate } from '../time/date.ts';
import { instantMs } from '../time/zone.ts';

export interface FieldProblem {
  field: string;
  /** `required`, `type`, `option`, `min`, `max`, `min-length`, `max-length`, `pattern`. */
  code: string;
  message: LocalizedText;
}

export function completionProblems(run: Run, wait: WaitOf<'task'>, values: Variables): Json[] {
  const element = elementOf(run, wait.element);
  const formId = element.kind === 'userTask' ? element.user.formId : undefined;
  const form = formId === undefined ? undefined : run.plan.forms[formId];
  if (!form) return [];
  const outer = lookupFrom(run, wait.variables, enclosing(run, wait));
  const lookup = (name: string) => (Object.hasOwn(values, name) ? values[name] : (outer(name) ?? null));
  const problems: FieldProblem[] = [];
  for (const field of form.fields) {
    if (field.hiddenWhen !== undefined) {
      const hidden = evaluate(run, { feel: field.hiddenWhen }, lookup);
      if (hidden.ok && hidden.value === true) continue;
    }
    const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
    const problem = fieldProblem(field, value);
    if (problem) problems.push(problem);
  }
  return problems.map(({ field, code, message }) => ({ field, code, message: { ...message } }));
}

export function fieldProblem(field: FormField, value: Json | undefined): FieldProblem | undefined {
  const { key, label } = field;
  const problem = (code: string, zh: string, en: string): FieldProblem => ({
    field: key,
    code,
    message: { zh: `“${label}”${zh}`, en: `"${label}" ${en}` },
  });
  if (value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0))
    return field.required ? problem('required', '必填。', 'is required.') : undefined;
  if (!hasType(field, value))
    return problem('type', `应为${typeWords[field.type].zh}。`, `must be ${typeWords[field.type].en}.`);
  if (field.options && !chosen(field, value)) return problem('option', '不在可选项之内。', 'is none of the options.');
  if (typeof value === 'number') {
    if (field.min !== undefined && value < field.min)
      return problem('min', `不能小于${field.min}。`, `must be at least ${field.min}.`);
    if (field.max !== undefined && value > field.max)
      return problem('max', `不能大于${field.max}。`, `must be at most ${field.max}.`);
  }
  if (typeof value === 'string') {
    const length = [...value].length;
    if (field.minLength !== undefined && length < field.minLength)
      return problem('min-length', `至少${field.minLength}个字。`, `needs at least ${field.minLength} characters.`);
    if (field.maxLength !== undefined && length > field.maxLength)
      return problem('max-length', `最多${field.maxLength}个字。`, `takes at most ${field.maxLength} characters.`);
    if (field.pattern !== undefined && !matches(field.pattern, value))
      return problem('pattern', '格式不对。', 'does not have the right form.');
  }
  return undefined;
}

const typeWords: Record<FormField['type'], LocalizedText> = {
  text: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  boolean: { zh: '是或否', en: 'true or false' },
  date: { zh: '日期', en: 'a date (YYYY-MM-DD)' },
  datetime: { zh: '日期和时间', en: 'a date and time' },
  choice: { zh: '可选项之一', en: 'one of the options' },
  choices: { zh: '可选项的列表', en: 'a list of options' },
  object: { zh: '一组内容', en: 'an object' },
  list: { zh: '列表', en: 'a list' },
};

function hasType(field: FormField, value: Json): boolean {
  switch (field.type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isPlainDate(value);
    case 'datetime':
      return typeof value === 'string' && isInstant(value);
    case 'choice':
      return true;
    case 'choices':
    case 'list':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
  }
}

/** A pattern that is none lets nothing through: the drawing is wrong, and an unchecked value would hide it. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value);
  } catch {
    return false;
  }
}

function isInstant(value: string): boolean {
  try {
    instantMs(value, 'UTC');
    return true;
  } catch {
    return false;
  }
}

function chosen(field: FormField, value: Json): boolean {
  const isOption = (one: Json) => field.options!.some((option) => jsonEqual(option.value, one));
  return Array.isArray(value) && field.type !== 'choice' ? value.every(isOption) : isOption(value);
}
