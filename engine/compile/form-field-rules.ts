/** Values and validations of one form field: type, default, options, limits, patterns, number, date and file rules. */
import { wholeNumberOf } from '../core/whole-number.ts';
import type { FieldOption, FieldType, FormField, Json } from '../model/plan.ts';
import { optionsOf } from '../tasks/field-options.ts';
import { faultOfPattern } from '../tasks/form-pattern.ts';
import { isTemplate } from '../tasks/form-template.ts';
import type { Reader } from './form-component-reader.ts';
import { decimal, isSchema, type Schema, schemasIn, stringIn, textOf } from './form-schema.ts';

export function fieldOf(component: Schema, kind: FieldType, key: string, reader: Reader): FormField {
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
