/** Compiles components of a form-js schema to fields of the plan. Properties the server cannot execute are refused. */

import { wholeNumberOf } from '../core/whole-number.ts';
import { checkExpression } from '../feel/check.ts';
import { ownValue } from '../model/own-property.ts';
import type { FieldOption, FieldType, FormField, Json } from '../model/plan.ts';
import { optionsOf } from '../tasks/field-options.ts';
import { faultOfPattern } from '../tasks/form-pattern.ts';
import { feelOf, isTemplate, parseTemplate, templatedAppearance, templatedProperties } from '../tasks/form-template.ts';
import type { Compilation } from './context.ts';
import type { ModdleElement } from './element.ts';
import { commonProperties, type FormComponent, formComponents } from './form-components.ts';

export type Schema = Record<string, unknown>;

export const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
export const stringIn = (schema: Schema, name: string): string | undefined => textOf(schema[name]);
export const schemasIn = (schema: Schema, name: string): Schema[] => {
  const value = schema[name];
  return Array.isArray(value) ? value.filter(isSchema) : [];
};

/** Path of a component. */
interface Place {
  form: string;
  /** Of the groups around it, within the form or the row; empty at the top. */
  path: string;
  /** Of the groups around it. */
  hidden?: string;
}

interface Reader {
  /** The component as people find it in the editor. */
  name: string;
  refuse(problem: string, hint: string): void;
  /** FEEL without its `=`; undefined when the value is none. */
  feel(value: unknown): { feel: string } | undefined;
}

/** @returns the fields of these components and of the groups among them; of a list, only the list */
export function fieldsOf(
  components: Schema[],
  form: string,
  at: ModdleElement | undefined,
  c: Compilation,
): FormField[] {
  const fields = components.flatMap((component) => fieldsOfComponent(component, { form, path: '' }, at, c));
  refuseSharedPaths(fields, form, at, c);
  return fields;
}

export const joinPath = (...parts: (string | undefined)[]): string => parts.filter(Boolean).join('.');

function fieldsOfComponent(
  component: Schema,
  place: Place,
  at: ModdleElement | undefined,
  c: Compilation,
): FormField[] {
  const type = stringIn(component, 'type') ?? '';
  const reader = readerOf(component, type, place.form, at, c);
  const spec = ownValue(formComponents, type);
  if (!spec || spec.refused) {
    const why = spec?.refused ?? 'It is none of the components of form-js that are executed or shown.';
    reader.refuse(why, 'Take another component; docs/forms.md lists them all.');
    return [];
  }
  checkProperties(component, spec, reader, at, c);
  checkTexts(component, reader);
  const hidden = either(place.hidden, hiddenWhen(component, reader));
  if (type === 'group') {
    const inner: Place = { form: place.form, path: joinPath(place.path, stringIn(component, 'path')) };
    if (hidden !== undefined) inner.hidden = hidden;
    return schemasIn(component, 'components').flatMap((one) => fieldsOfComponent(one, inner, at, c));
  }
  if (!spec.field) return [];
  const own = stringIn(component, 'key') ?? (spec.field === 'list' ? stringIn(component, 'path') : undefined);
  if (own === undefined || own.split('.').includes('')) {
    reader.refuse('It has no key.', 'Give it the name of a variable as its key.');
    return [];
  }
  const field = fieldOf(component, spec.field, joinPath(place.path, own), reader);
  if (spec.field === 'list') {
    field.fields = fieldsOf(schemasIn(component, 'components'), place.form, at, c);
    if (component['isRepeating'] === false)
      reader.refuse('A list that does not repeat is not executed.', 'Take a group with a path.');
    if (component['allowAddRemove'] !== true) field.fixedRows = wholeNumberOf(component['defaultRepetitions']) ?? 1;
  }
  return [hidden === undefined ? field : { ...field, hiddenWhen: hidden }];
}

function readerOf(
  component: Schema,
  type: string,
  form: string,
  at: ModdleElement | undefined,
  c: Compilation,
): Reader {
  const key = stringIn(component, 'key') ?? stringIn(component, 'path') ?? stringIn(component, 'id');
  const name = `Form "${form}", ${type || 'component without type'}${key ? ` "${key}"` : ''}`;
  return {
    name,
    refuse(problem, hint) {
      c.report.error(at, 'form-not-executable', `${name}: ${problem}`, { hint });
    },
    feel(value) {
      if (typeof value !== 'string' || !value.trimStart().startsWith('=')) return undefined;
      const source = value.trim().slice(1).trim();
      const { problem } = checkExpression(source);
      if (problem)
        c.report.error(at, problem.code, `${name}: "${source}" cannot be evaluated: ${problem.message}`, {
          position: problem.position,
        });
      return { feel: source };
    },
  };
}

/** Unknown validations are refused; other unknown properties cannot affect the server. */
function checkProperties(
  component: Schema,
  { properties, validations }: FormComponent,
  { name, refuse }: Reader,
  at: ModdleElement | undefined,
  c: Compilation,
): void {
  for (const property of Object.keys(component))
    if (property !== 'validate' && !Object.hasOwn(properties, property) && !Object.hasOwn(commonProperties, property))
      c.report.warning(at, 'form-property-unknown', `${name}: the property "${property}" has no effect.`, {
        hint: 'docs/forms.md lists the properties of each component.',
      });
  const rules = component['validate'];
  for (const [rule, value] of Object.entries(isSchema(rules) ? rules : {}))
    if (!Object.hasOwn(validations, rule) && value !== false && value !== '' && value !== null)
      refuse(`The validation "${rule}" is not executed.`, 'Remove it; docs/forms.md lists those of each component.');
}

/** FEEL in display texts: one that does not parse would be displayed as empty or verbatim. */
function checkTexts(component: Schema, reader: Reader): void {
  const { appearance } = component;
  const texts = [
    ...templatedProperties.map((name) => component[name]),
    ...(isSchema(appearance) ? templatedAppearance.map((name) => appearance[name]) : []),
  ];
  for (const text of texts) {
    if (typeof text !== 'string' || !isTemplate(text)) continue;
    const template = parseTemplate(text);
    if (template.ok) for (const feel of feelOf(template.parts)) reader.feel(`=${feel}`);
    else reader.refuse(template.fault, 'Write {{FEEL}}, {{#if FEEL}}…{{/if}} or {{#loop FEEL}}…{{/loop}}.');
  }
}

function hiddenWhen(component: Schema, reader: Reader): string | undefined {
  const conditional = component['conditional'];
  const hide = isSchema(conditional) ? conditional['hide'] : undefined;
  if (hide === undefined || hide === '') return undefined;
  const condition = reader.feel(hide);
  if (!condition) reader.refuse('Its condition to be hidden is no FEEL expression.', 'Begin it with "=".');
  return condition?.feel;
}

const either = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? `(${a}) or (${b})` : (a ?? b);

/** form-js does not show such a form either: one of the fields would overwrite the other. */
function refuseSharedPaths(fields: FormField[], form: string, at: ModdleElement | undefined, c: Compilation): void {
  const taken = fields.find((field, index) =>
    fields.some(({ key }, other) => other < index && (key === field.key || within(key, field.key))),
  );
  if (taken)
    c.report.error(at, 'form-key-twice', `The form "${form}" has two fields that write "${taken.key}".`, {
      hint: 'Give each field a key of its own.',
    });
}

const within = (one: string, other: string): boolean => one.startsWith(`${other}.`) || other.startsWith(`${one}.`);

function fieldOf(component: Schema, kind: FieldType, key: string, reader: Reader): FormField {
  const type = kind === 'datetime' ? subtypeOf(component, reader) : kind;
  const rules = isSchema(component['validate']) ? component['validate'] : {};
  const label = ['label', type === 'time' ? 'timeLabel' : 'dateLabel'].map((name) => stringIn(component, name));
  const field: FormField = {
    key,
    type,
    label: label.find((one) => one !== undefined && !isTemplate(one)) ?? key,
    required: rules['required'] === true,
  };
  const readonly =
    component['disabled'] === true || component['readonly'] === true || reader.feel(component['readonly']);
  if (readonly) field.readonly = readonly;
  if (type === 'choice' || type === 'choices') Object.assign(field, optionsFieldOf(component, reader));
  Object.assign(field, limitsOf(rules, reader), textRulesOf(rules, reader));
  if (type === 'number') Object.assign(field, numberRulesOf(component, reader));
  if (type === 'date' || type === 'time' || type === 'datetime') Object.assign(field, dateRulesOf(component, reader));
  if (type === 'files') Object.assign(field, fileRulesOf(component, reader));
  if (type === 'computed') field.expression = expressionOf(component, reader);
  const initial = component['defaultValue'];
  if (initial !== undefined && initial !== null && initial !== '') field.default = defaultOf(initial as Json, field);
  return field;
}

/** Numbers are stored in the field's own type, however the editor wrote the default. */
function defaultOf(value: Json, { type, asText }: FormField): Json {
  if (type !== 'number') return value;
  if (asText) return String(value);
  return typeof value === 'string' ? (decimal(value) ?? value) : value;
}

function subtypeOf(component: Schema, reader: Reader): FieldType {
  const subtype = component['subtype'];
  if (subtype === 'date' || subtype === 'time' || subtype === 'datetime') return subtype;
  reader.refuse('It does not say whether it is a date, a time or both.', 'Choose a subtype: date, time or datetime.');
  return 'datetime';
}

/** form-js looks for a variable first, then for constant options, then for an expression. */
function optionsFieldOf(component: Schema, reader: Reader): Pick<FormField, 'options' | 'optionsFrom'> {
  const variable = stringIn(component, 'valuesKey');
  if (variable) return { optionsFrom: { variable } };
  if (Array.isArray(component['values'])) {
    const options: FieldOption[] = optionsOf(component['values'] as Json);
    return { options };
  }
  const source = reader.feel(component['valuesExpression']);
  if (source) return { optionsFrom: source };
  reader.refuse('It has no options.', 'Give it values, or where they come from.');
  return {};
}

function limitsOf(rules: Schema, reader: Reader): Partial<FormField> {
  const limits: Partial<FormField> = {};
  for (const name of ['min', 'max', 'minLength', 'maxLength'] as const) {
    const value = rules[name];
    if (value === undefined || value === null || value === '') continue;
    const limit = reader.feel(value) ?? decimal(value);
    if (limit === undefined) reader.refuse(`"${name}" is no number.`, 'Write a number, or FEEL after "=".');
    else limits[name] = limit;
  }
  return limits;
}

function textRulesOf(rules: Schema, reader: Reader): Partial<FormField> {
  const made: Partial<FormField> = {};
  const pattern = textOf(rules['pattern']);
  if (pattern) {
    made.pattern = pattern;
    const fault = faultOfPattern(pattern);
    if (fault === 'none') reader.refuse(`"${pattern}" is no regular expression.`, 'Correct the pattern.');
    if (fault === 'too-costly')
      reader.refuse(
        `"${pattern}" looks around or back and repeats what is repeated: it can take too long.`,
        'Write it without (?=…), (?<=…) and \\1, or without a repetition in a repetition.',
      );
  }
  const format = textOf(rules['validationType']);
  if (format === 'email' || format === 'phone') made.format = format;
  else if (format && format !== 'custom')
    reader.refuse(`The validation type "${format}" is not executed.`, 'Take email, phone, or custom with a pattern.');
  const custom = schemasIn(rules, 'custom').flatMap((rule) => {
    const condition = reader.feel(rule['condition']);
    const message = reader.feel(rule['message']) ?? textOf(rule['message']);
    if (condition && message !== undefined) return [{ condition, message }];
    reader.refuse('A validation of its own lacks condition or message.', 'Write the condition in FEEL after "=".');
    return [];
  });
  if (custom.length > 0) made.custom = custom;
  return made;
}

function numberRulesOf(component: Schema, reader: Reader): Partial<FormField> {
  const made: Partial<FormField> = {};
  const digits = wholeNumberOf(component['decimalDigits']);
  if (digits !== undefined) made.decimalDigits = digits;
  const increment = component['increment'];
  if (increment !== undefined && increment !== null && increment !== '') {
    const step = decimal(increment);
    if (step !== undefined && step > 0) made.increment = String(increment).trim();
    else reader.refuse('"increment" is no number above 0.', 'Write a number, for instance 0.5.');
  }
  if (component['serializeToString'] === true) made.asText = true;
  return made;
}

const zones = { utc_offset: 'offset', utc_normalized: 'utc', no_timezone: 'none' } as const;

function dateRulesOf(component: Schema, reader: Reader): Partial<FormField> {
  const made: Partial<FormField> = {};
  if (component['disallowPassedDates'] === true) made.notPast = true;
  const format = stringIn(component, 'timeSerializingFormat');
  if (format === undefined || component['subtype'] === 'date') return made;
  if (Object.hasOwn(zones, format)) made.zone = zones[format as keyof typeof zones];
  else reader.refuse(`The time format "${format}" is not executed.`, `Take one of ${Object.keys(zones).join(', ')}.`);
  return made;
}

function fileRulesOf(component: Schema, reader: Reader): Pick<FormField, 'accept' | 'multiple'> {
  const accept = stringIn(component, 'accept');
  if (accept !== undefined && isTemplate(accept))
    reader.refuse(
      'Which files it takes is worked out only when it is shown.',
      'Write the types themselves: image/*, .pdf.',
    );
  const multiple = component['multiple'] === true || reader.feel(component['multiple']);
  return { ...(accept !== undefined && { accept }), ...(multiple && { multiple }) };
}

function expressionOf(component: Schema, reader: Reader): { feel: string } {
  const source = reader.feel(component['expression']);
  if (!source) reader.refuse('Its expression is no FEEL.', 'Begin it with "=".');
  return source ?? { feel: 'null' };
}

function decimal(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
}
