/**
 * A form as people are shown it: in their language where it carries the texts; amounts, stored in cents, are read and typed in yuan (fields whose key ends in `Cents`); a choice of a few
 * options is laid open, so that it takes one tap; a required field that appears by a choice says so; the number of a patient's record (`properties.patient`) is searched.
 */
import { englishTextsOf, inEnglish } from '../../../engine/model/form-texts.ts';
import type { Language } from '../words/index.ts';

interface Component {
  type?: string;
  key?: string;
  label?: string;
  description?: string;
  decimalDigits?: number;
  validate?: { min?: unknown; max?: unknown; required?: unknown };
  conditional?: { hide?: unknown };
  components?: Component[];
  values?: unknown[];
  properties?: { patient?: string };
}

/** As many options are laid open. */
const mostLaidOpen = 4;

const isCents = (key: string | undefined): key is string => key !== undefined && /Cents$/.test(key);
const toYuan = (cents: unknown): unknown => (typeof cents === 'number' ? cents / 100 : cents);
const toCents = (yuan: unknown): unknown => (typeof yuan === 'number' ? Math.round(yuan * 100) : yuan);

/** The schema to show, and the keys of the fields in yuan. Limits by expression stay as they are: the server checks them. */
export function shownForm(schema: object, language: Language): { schema: object; keys: ReadonlySet<string> } {
  const keys = new Set<string>();
  const unit = language === 'zh' ? '（元）' : ' (yuan)';
  const convert = (drawn: Component): Component => {
    const component = sayingRequired(drawn, language);
    const inner = component.components && { components: component.components.map(convert) };
    if (component.type === 'select' && component.values && component.values.length <= mostLaidOpen)
      return { ...component, type: 'radio' };
    if (component.type === 'textfield' && component.properties?.patient !== undefined)
      return { ...component, type: 'patientpicker' };
    if (component.type !== 'number' || !isCents(component.key)) return { ...component, ...inner };
    keys.add(component.key);
    const { description: _inCents, ...rest } = component;
    const { min, max } = component.validate ?? {};
    return {
      ...rest,
      label: `${(component.label ?? component.key).replace(/\s*[（(](?:分|cents?|以分为单位)[）)]\s*$/i, '')}${unit}`,
      decimalDigits: 2,
      validate: {
        ...component.validate,
        ...(typeof min === 'number' && { min: min / 100 }),
        ...(typeof max === 'number' && { max: max / 100 }),
      },
    };
  };
  return { schema: convert((language === 'en' ? inEnglish(schema) : schema) as Component), keys };
}

const requiredWords = { zh: '必填。', en: 'Required. ' };

/** A field that appears while somebody fills in the form is easily taken for an optional remark. */
function sayingRequired(component: Component, language: Language): Component {
  const { validate, conditional, description = '' } = component;
  // All of a description may be FEEL.
  if (validate?.required !== true || !conditional?.hide || description.startsWith('=')) return component;
  return { ...component, description: `${requiredWords[language]}${description}`.trim() };
}

/** A sentence of the server about a field names it by its label: in English by its English one. */
export function inWordsOfForm(message: string, schema: object, language: Language): string {
  if (language !== 'en') return message;
  const english = englishTextsOf(schema);
  return message.replaceAll(/"([^"]+)"/g, (quoted, label: string) =>
    Object.hasOwn(english, label) ? `"${english[label]}"` : quoted,
  );
}

const mapped = (
  data: Record<string, unknown>,
  keys: ReadonlySet<string>,
  change: (value: unknown) => unknown,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]) => [name, keys.has(name) ? change(value) : nested(value, keys, change)]),
  );

function nested(value: unknown, keys: ReadonlySet<string>, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => nested(one, keys, change));
  if (typeof value === 'object' && value !== null) return mapped(value as Record<string, unknown>, keys, change);
  return value;
}

export const inYuan = (data: Record<string, unknown>, keys: ReadonlySet<string>) => mapped(data, keys, toYuan);
export const inCents = (data: Record<string, unknown>, keys: ReadonlySet<string>) => mapped(data, keys, toCents);
