/**
 * Texts of a form in English. A form-js schema may carry them as `english`: English by the text as the form has it, so that a text that is
 * changed falls back to itself instead of to the translation of another.
 */
import { ownValue } from './own-property.ts';
import type { LocalizedText } from './plan.ts';

type Schema = Readonly<Record<string, unknown>>;

/** What people read of a form and its components; FEEL within is part of the text. */
const texts: ReadonlySet<string> = new Set([
  'name',
  'label',
  'dateLabel',
  'timeLabel',
  'description',
  'text',
  'content',
  'alt',
  'prefixAdorner',
  'suffixAdorner',
]);

/** Of `properties`, what people write for programs; of `validate` and `conditional`, rules. */
const withoutTexts: ReadonlySet<string> = new Set(['english', 'properties', 'validate', 'conditional']);

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mapTexts(part: unknown, change: (text: string) => string): unknown {
  if (Array.isArray(part)) return part.map((one) => mapTexts(one, change));
  if (!isObject(part)) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]) => {
      if (withoutTexts.has(name)) return [name, value];
      return [name, typeof value === 'string' && texts.has(name) ? change(value) : mapTexts(value, change)];
    }),
  );
}

/** The texts of a schema, each once, in the order in which they stand there. */
export function formTexts(schema: unknown): string[] {
  const found = new Set<string>();
  mapTexts(schema, (text) => {
    found.add(text);
    return text;
  });
  return [...found];
}

/** @returns English by the form's own texts; empty where the schema carries none */
export function englishTextsOf(schema: unknown): Readonly<Record<string, string>> {
  const english = isObject(schema) ? schema['english'] : undefined;
  if (!isObject(english)) return {};
  return Object.fromEntries(
    Object.entries(english).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** The schema as people read it in English; texts without a translation stay as they are. */
export function inEnglish<Form extends object>(schema: Form): Form {
  const english = englishTextsOf(schema);
  if (Object.keys(english).length === 0) return schema;
  return mapTexts(schema, (text) => ownValue(english, text) ?? text) as Form;
}

/** @returns a text of the form in both languages; without a translation in both the same */
export function formWords(schema: unknown): (text: string) => LocalizedText {
  const english = englishTextsOf(schema);
  return (text) => ({ zh: text, en: ownValue(english, text) ?? text });
}
