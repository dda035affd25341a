/** Validation messages for users. zod's own messages ("expected string, received undefined") address developers. */

import type { z } from 'zod';
import type { LocalizedText } from '../../engine/model/plan.ts';

type Raw = z.core.$ZodRawIssue;

/** Messages for schemas without their own; `undefined` falls back to zod's. */
export const fieldMessage = (issue: Raw): string | undefined => describe(issue)?.en;

/** Adds Chinese: the translation of a message made here, a generic sentence for the English message of a schema. */
export function fieldWords(issue: z.core.$ZodIssue): LocalizedText {
  // A finished issue no longer carries its input, so the message itself tells which sentence was chosen.
  const candidates = [undefined, null].map((input) => describe({ ...issue, input } as Raw));
  return candidates.find((one) => one?.en === issue.message) ?? { zh: '填写不正确。', en: issue.message };
}

function describe(issue: Raw): LocalizedText | undefined {
  switch (issue.code) {
    case 'invalid_type': {
      const { zh, en } = TYPES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
      if (issue.input === undefined) return { zh: `缺少此项，应为${zh}。`, en: `It is missing; ${en} is needed.` };
      return { zh: `应为${zh}。`, en: `It must be ${en}.` };
    }
    case 'invalid_value': {
      const values = issue.values.map((one) => JSON.stringify(one));
      const allowed =
        values.length === 1 ? { zh: `应为 ${values[0]}。`, en: `It must be ${values[0]}.` } : oneOf(values);
      return issue.input === undefined
        ? { zh: `缺少此项。${allowed.zh}`, en: `It is missing. ${allowed.en}` }
        : allowed;
    }
    case 'too_small':
      if (issue.inclusive === false)
        return { zh: `须大于 ${issue.minimum}。`, en: `It must be more than ${issue.minimum}.` };
      return bound(issue.origin, { zh: '至少', en: 'at least' }, issue.minimum);
    case 'too_big':
      if (issue.inclusive === false)
        return { zh: `须小于 ${issue.maximum}。`, en: `It must be less than ${issue.maximum}.` };
      return bound(issue.origin, { zh: '至多', en: 'at most' }, issue.maximum);
    case 'invalid_key': {
      const why = issue.issues.map((one) => one.message).join(' ');
      return { zh: '此处不能使用这个名称。', en: `This name cannot be used here${why && `: ${why}`}` };
    }
    default:
      return undefined;
  }
}

/** @param values as JSON */
export const oneOf = (values: string[]): LocalizedText => ({
  zh: `应为以下之一：${values.join('、')}。`,
  en: `It is one of ${values.join(', ')}.`,
});

function bound(origin: string, limit: LocalizedText, count: number | bigint): LocalizedText {
  const unit = UNITS[origin];
  if (!unit) return { zh: `${limit.zh}为 ${count}。`, en: `It must be ${limit.en} ${count}.` };
  return {
    zh: `${limit.zh} ${count} ${unit.zh}。`,
    en: `It must have ${limit.en} ${count} ${unit.en}${count === 1 ? '' : 's'}.`,
  };
}

const item: LocalizedText = { zh: '项', en: 'item' };
const UNITS: Record<string, LocalizedText> = {
  string: { zh: '个字符', en: 'character' },
  array: item,
  set: item,
  map: item,
  object: { zh: '个字段', en: 'field' },
};

const TYPES: Record<string, LocalizedText> = {
  string: { zh: '文本', en: 'a string' },
  number: { zh: '数字', en: 'a number' },
  int: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '是或否（true 或 false）', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
  null: { zh: '空值（null）', en: 'null' },
};
