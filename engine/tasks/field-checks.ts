/** Validates one value against its field; problems are returned as messages. */

import { jsonEqual } from '../core/variables.ts';
import type { FieldOption, FormField, Json, LocalizedText } from '../model/plan.ts';
import { isPlainDate } from '../time/date.ts';
import { instantMs, localDate } from '../time/zone.ts';
import { decimalsOf, isDecimal, nearestMultiples } from './decimal.ts';
import { matchesPattern } from './form-pattern.ts';

export interface FieldProblem {
  /** Path within what was sent: `address.city`, `items.0.name`. */
  field: string;
  code: FieldProblemCode;
  message: LocalizedText;
}

export type FieldProblemCode =
  | 'required'
  | 'type'
  | 'option'
  | 'min'
  | 'max'
  | 'min-length'
  | 'max-length'
  | 'pattern'
  | 'email'
  | 'phone'
  | 'decimal-digits'
  | 'increment'
  | 'past'
  | 'one-file'
  | 'unknown-file'
  | 'file-type'
  | 'zone'
  | 'rows'
  | 'custom'
  | 'read-only'
  | 'hidden'
  | 'unknown-field';

/** What a check must know besides the value. */
export interface CheckContext {
  /** 'YYYY-MM-DD' at the facility. */
  today: string;
  /** IANA name, of the facility. */
  zone: string;
  /** As far as the options come from elsewhere. */
  options?: FieldOption[];
  /** The value of FEEL at this place; null when it has none. */
  valueOf(feel: string, value?: Json): Json;
}

type Wrong = { code: FieldProblemCode; words: LocalizedText };

const wrong = (code: FieldProblemCode, zh: string, en: string): Wrong => ({ code, words: { zh, en } });

/** What a person leaves empty: blanks alone are no text. */
export const isEmpty = (value: Json | undefined): value is undefined | null | '' =>
  value === undefined ||
  value === null ||
  (typeof value === 'string' && value.trim() === '') ||
  (Array.isArray(value) && value.length === 0);

/** @returns what is wrong, as it continues the name of the field; undefined when nothing is */
export function whatIsWrong(field: FormField, value: Json | undefined, context: CheckContext): Wrong | undefined {
  const missing = isEmpty(value) || (field.type === 'boolean' && value === false);
  if (missing && field.required)
    return field.type === 'boolean' && value === false
      ? wrong('required', '必须勾选。', 'must be ticked.')
      : wrong('required', '必填。', 'is required.');
  if (value === undefined || value === null || value === '') return undefined;
  return (
    wrongType(field, value) ??
    wrongValue(field, value, context) ??
    (missing ? undefined : wrongByRule(field, value, context))
  );
}

function wrongType(field: FormField, value: Json): Wrong | undefined {
  const { zh, en } = field.asText ? decimalWords : typeWords[field.type];
  return hasType(field, value) ? undefined : wrong('type', `应为${zh}。`, `must be ${en}.`);
}

const decimalWords: LocalizedText = { zh: '以文字书写的数字', en: 'a number, written as text' };
const typeWords: Record<FormField['type'], LocalizedText> = {
  text: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'a number' },
  boolean: { zh: '是或否', en: 'true or false' },
  date: { zh: '日期（年-月-日）', en: 'a date (YYYY-MM-DD)' },
  time: { zh: '时间（时:分）', en: 'a time (HH:mm)' },
  datetime: { zh: '日期和时间', en: 'a date and time (YYYY-MM-DDTHH:mm)' },
  choice: { zh: '可选项之一', en: 'one of the options' },
  choices: { zh: '可选项的列表', en: 'a list of options' },
  files: { zh: '已上传文件的列表', en: 'a list of uploaded files' },
  list: { zh: '列表', en: 'a list' },
  computed: { zh: '计算值', en: 'a computed value' },
};

const timeText = /^(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-8]):[0-5]\d)?$/;
const dateTimeText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

function hasType({ type, asText }: FormField, value: Json): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return asText
        ? typeof value === 'string' && isDecimal(value)
        : typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && isPlainDate(value);
    case 'time':
      return typeof value === 'string' && timeText.test(value);
    case 'datetime':
      return typeof value === 'string' && dateTimeText.test(value) && isInstant(value);
    case 'choices':
    case 'list':
      return Array.isArray(value);
    case 'files':
      return Array.isArray(value) && value.length <= mostFiles && value.every((one) => typeof one === 'string');
    case 'choice':
    case 'computed':
      return true;
  }
}

const mostFiles = 50;

function isInstant(value: string): boolean {
  try {
    instantMs(value, 'UTC');
    return true;
  } catch {
    return false;
  }
}

function wrongValue(field: FormField, value: Json, context: CheckContext): Wrong | undefined {
  switch (field.type) {
    case 'choice':
    case 'choices':
      return wrongOption(field, value, context);
    case 'number':
      return wrongNumber(field, value as number | string, context);
    case 'files':
      return wrongFiles(field, value as string[], context);
    case 'text':
      return wrongText(field, value as string, context);
    case 'date':
    case 'time':
    case 'datetime':
      return wrongTime(field, value as string, context);
    default:
      return undefined;
  }
}

function wrongOption(field: FormField, value: Json, context: CheckContext): Wrong | undefined {
  const options = context.options ?? field.options ?? [];
  const isOption = (one: Json) => options.some((option) => jsonEqual(option.value, one));
  const chosen = Array.isArray(value) && field.type === 'choices' ? value.every(isOption) : isOption(value);
  if (chosen) return undefined;
  return options.length === 0
    ? wrong('option', '目前没有可选项。', 'has no options now.')
    : wrong('option', '不在可选项之内。', 'is none of the options.');
}

/** Whether there are such files, whoever stores them says. */
function wrongFiles({ multiple }: FormField, ids: string[], context: CheckContext): Wrong | undefined {
  const several = multiple === true || (multiple && context.valueOf(multiple.feel) === true);
  return ids.length > 1 && !several ? wrong('one-file', '只能有一个文件。', 'takes one file only.') : undefined;
}

/** A limit that cannot be worked out does not limit, as in the page. */
function limit(of: FormField['min'], context: CheckContext): number | undefined {
  const value = typeof of === 'object' ? context.valueOf(of.feel) : of;
  return typeof value === 'number' ? value : undefined;
}

function wrongNumber(field: FormField, value: number | string, context: CheckContext): Wrong | undefined {
  const { decimalDigits, increment } = field;
  const text = String(value);
  const min = limit(field.min, context);
  if (min !== undefined && Number(value) < min) return wrong('min', `不能小于${min}。`, `must be at least ${min}.`);
  const max = limit(field.max, context);
  if (max !== undefined && Number(value) > max) return wrong('max', `不能大于${max}。`, `must be at most ${max}.`);
  if (decimalDigits !== undefined && decimalsOf(text) > decimalDigits)
    return decimalDigits === 0
      ? wrong('decimal-digits', '应为整数。', 'must be a whole number.')
      : wrong(
          'decimal-digits',
          `小数最多${decimalDigits}位。`,
          `takes at most ${decimalDigits} digit${decimalDigits === 1 ? '' : 's'} after the point.`,
        );
  const nearest = increment === undefined ? undefined : nearestMultiples(text, increment);
  return nearest
    ? wrong(
        'increment',
        `应为${increment}的整数倍，最接近的是${nearest[0]}和${nearest[1]}。`,
        `must be a multiple of ${increment}; the nearest are ${nearest[0]} and ${nearest[1]}.`,
      )
    : undefined;
}

/** As the HTML standard has it for `<input type="email">`. */
const emailLocal = /^[\w.!#$%&'*+/=?^`{|}~-]+$/;
const hostLabel = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/i;
/** As E.164 has it. */
const phone = /^(?:\+|00)[1-9]\d{6,14}$/;

function isEmail(value: string): boolean {
  const [local = '', domain, ...more] = value.split('@');
  return (
    domain !== undefined &&
    more.length === 0 &&
    emailLocal.test(local) &&
    domain.split('.').every((label) => hostLabel.test(label))
  );
}

function wrongText(field: FormField, value: string, context: CheckContext): Wrong | undefined {
  const { length } = [...value.trim()];
  const least = limit(field.minLength, context);
  if (least !== undefined && length < least)
    return wrong('min-length', `至少${least}个字。`, `needs at least ${least} characters.`);
  const most = limit(field.maxLength, context);
  if (most !== undefined && length > most)
    return wrong('max-length', `最多${most}个字。`, `takes at most ${most} characters.`);
  if (field.pattern !== undefined && !matchesPattern(field.pattern, value))
    return wrong('pattern', '格式不对。', 'does not have the right form.');
  if (field.format === 'email' && !isEmail(value))
    return wrong('email', '不是有效的电子邮箱。', 'must be an e-mail address.');
  if (field.format === 'phone' && !phone.test(value))
    return wrong(
      'phone',
      '应为国际格式的电话号码，例如 +8613800000000。',
      'must be an international phone number, for instance +8613800000000.',
    );
  return undefined;
}

const zoneOf = (value: string): 'offset' | 'utc' | 'none' => {
  const time = value.slice(value.indexOf('T') + 1);
  return time.endsWith('Z') ? 'utc' : /[+-]/.test(time) ? 'offset' : 'none';
};

function wrongTime(field: FormField, value: string, context: CheckContext): Wrong | undefined {
  const zone = field.type === 'date' ? undefined : zoneOf(value);
  if (
    zone !== undefined &&
    field.zone !== undefined &&
    zone !== field.zone &&
    !(field.zone === 'offset' && zone === 'utc')
  )
    return zoneProblems[field.zone];
  if (!field.notPast || field.type === 'time') return undefined;
  const day = field.type === 'date' || zone === 'none' ? value.slice(0, 10) : localDate(value, context.zone);
  return day < context.today ? wrong('past', '不能早于今天。', 'must not lie before today.') : undefined;
}

const zoneProblems = {
  offset: wrong('zone', '须带时区，例如 +08:00。', 'must have an offset, for instance +08:00.'),
  utc: wrong('zone', '须为协调世界时（以 Z 结尾）。', 'must be in UTC and end in Z.'),
  none: wrong('zone', '不带时区。', 'must have no zone.'),
};

function wrongByRule(field: FormField, value: Json, context: CheckContext): Wrong | undefined {
  const broken = field.custom?.find(({ condition }) => context.valueOf(condition.feel, value) !== true);
  if (!broken) return undefined;
  const { message } = broken;
  const said = typeof message === 'string' ? message : context.valueOf(message.feel, value);
  const words = typeof said === 'string' ? said : '';
  return { code: 'custom', words: { zh: `：${words || '不符合要求。'}`, en: `: ${words || 'is not right.'}` } };
}
