/**
 * What a completion or a start writes of a form, as the form-js page would submit it: the fields that are visible and writable, defaults
 * where nothing is there, computed fields; anything else that was sent is a problem of its field.
 */

import type { Lookup } from '../core/variables.ts';
import { jsonEqual, setWithin } from '../core/variables.ts';
import { ownValue, setOwn } from '../model/own-property.ts';
import type { FieldOption, FormField, Json, PlanForm, Variables } from '../model/plan.ts';
import type { Evaluation } from '../model/types.ts';
import { localDate } from '../time/zone.ts';
import { type CheckContext, type FieldProblem, type FieldProblemCode, isEmpty, whatIsWrong } from './field-checks.ts';
import { optionsOf } from './field-options.ts';
import { type FormScope, isObject, lookupIn, rowScope, topScope, valueAt } from './form-scope.ts';

export interface FormContext {
  /** What there is before: as the task sees it, or empty at a start. */
  variables: Variables;
  evaluate(feel: string, lookup: Lookup): Evaluation;
  /** ISO 8601 instant. */
  now: string;
  /** IANA name, of the facility. */
  zone: string;
  /** Names that are written as well, though the form does not have them. */
  others?: ReadonlySet<string>;
}

export interface Submission {
  problems: FieldProblem[];
  /** To be written; whole variables, also where a field is only a part of one. */
  values: Variables;
}

/** @param given by variable, as it was sent */
export function submitForm(form: PlanForm, given: Variables, context: FormContext): Submission {
  const { variables } = context;
  const scope = topScope({ ...variables });
  for (const [name, value] of Object.entries(given))
    setOwn(scope.data, name, merged(ownValue(scope.data, name), value));
  for (const field of form.fields) {
    const initial = isEmpty(valueAt(scope.data, field.key)) ? initialOf(field) : undefined;
    if (initial !== undefined && valueAt(given, field.key) === undefined) put(scope.data, field.key, initial);
  }
  compute(form.fields, scope, scope.data, context);
  const problems: FieldProblem[] = [];
  const level: Level = { given, before: variables, scope, at: '', rows: [], context, problems };
  const values: Variables = {};
  for (const [path, value] of writtenAt(form.fields, level)) {
    const [name = '', ...rest] = path.split('.');
    setOwn(
      values,
      name,
      setWithin(Object.hasOwn(values, name) ? values[name] : ownValue(variables, name), rest, value),
    );
  }
  for (const { path, value, isField } of unknownIn(form.fields, given)) {
    if (context.others?.has(path) && !isField) setOwn(values, path, value);
    else refuseUnknown(path, isField, level);
  }
  return { problems, values };
}

/** The form, or a row of a list in it. */
interface Level {
  given: { [key: string]: Json };
  before: { [key: string]: Json };
  scope: FormScope;
  /** Path of the row, with a dot behind it; empty at the top. */
  at: string;
  /** Labels and numbers of the rows around. */
  rows: { label: string; number: number }[];
  context: FormContext;
  problems: FieldProblem[];
}

/** Initial value: the default, or what form-js holds for an untouched checkbox or selection. */
export function initialOf({ type, default: value, readonly }: FormField): Json | undefined {
  if (value !== undefined) return value;
  if (readonly) return undefined;
  return type === 'boolean' ? false : type === 'choices' || type === 'files' ? [] : undefined;
}

const merged = (before: Json | undefined, value: Json): Json =>
  isObject(before) && isObject(value)
    ? Object.fromEntries([
        ...Object.entries(before),
        ...Object.entries(value).map(([k, v]) => [k, merged(ownValue(before, k), v)]),
      ])
    : value;

function put(target: { [key: string]: Json }, path: string, value: Json): void {
  const [name = '', ...rest] = path.split('.');
  setOwn(target, name, setWithin(ownValue(target, name), rest, value));
}

/** Computed fields may read each other; as the page does, they are worked out until nothing changes. */
function compute(fields: FormField[], scope: FormScope, target: { [key: string]: Json }, context: FormContext): void {
  const computed = fields.filter(({ type }) => type === 'computed');
  for (let round = 0; round < computed.length; round++) {
    let changed = false;
    for (const { key, expression } of computed) {
      const value = expression ? feelValue(expression.feel, scope, context) : null;
      changed ||= !jsonEqual(valueAt(target, key), value);
      put(target, key, value);
    }
    if (!changed) return;
  }
}

/** A form's FEEL that cannot be worked out is null, as in the page. */
export function feelValue(feel: string, scope: FormScope, context: FormContext, value?: Json): Json {
  const around = lookupIn(scope);
  const lookup: Lookup = (name) =>
    value !== undefined && (name === 'value' || name === '_value_') ? value : around(name);
  const result = context.evaluate(feel, lookup);
  return result.ok ? result.value : null;
}

export const isHidden = ({ hiddenWhen }: FormField, scope: FormScope, context: FormContext): boolean =>
  hiddenWhen !== undefined && feelValue(hiddenWhen, scope, context) === true;

export const isReadonly = ({ readonly }: FormField, scope: FormScope, context: FormContext): boolean =>
  typeof readonly === 'object' ? feelValue(readonly.feel, scope, context) === true : readonly === true;

/** @returns undefined when the field has no options at all */
export function resolvedOptions(
  { options, optionsFrom }: FormField,
  scope: FormScope,
  context: FormContext,
): FieldOption[] | undefined {
  if (!optionsFrom) return options;
  if ('variable' in optionsFrom) return optionsOf(context.variables[optionsFrom.variable]);
  return optionsOf(feelValue(optionsFrom.feel, scope, context));
}

/** Paths and values of what the fields write; what is wrong goes to the problems of the level. */
function writtenAt(fields: FormField[], level: Level): [path: string, value: Json][] {
  return fields.flatMap((field): [string, Json][] => {
    const value = writtenBy(field, level);
    return value === undefined ? [] : [[field.key, value]];
  });
}

function writtenBy(field: FormField, level: Level): Json | undefined {
  const { given, before, scope, context } = level;
  const sent = valueAt(given, field.key);
  const held = valueAt(before, field.key);
  if (isHidden(field, scope, context)) {
    if (!isAsBefore(field, sent, held))
      tell(level, field, 'hidden', '目前不显示，不能填写。', 'is hidden now and cannot be filled in.');
    return undefined;
  }
  if (field.type === 'computed') return valueAt(scope.here, field.key) ?? null;
  if (isReadonly(field, scope, context)) {
    if (!isAsBefore(field, sent, held)) tell(level, field, 'read-only', '只供查看，不能修改。', 'is read-only.');
    // Rows are written whole: what they only show stays in them.
    return level.rows.length > 0 ? (held ?? sent) : undefined;
  }
  if (field.type === 'list') return rowsOf(field, sent, held, level);
  const value = sent === undefined && isEmpty(held) ? initialOf(field) : sent;
  const options = resolvedOptions(field, scope, context);
  const check: CheckContext = {
    today: localDate(context.now, context.zone),
    zone: context.zone,
    ...(options && { options }),
    valueOf: (feel, own) => feelValue(feel, scope, context, own),
  };
  const wrong = whatIsWrong(field, value, check);
  if (wrong) tell(level, field, wrong.code, wrong.words.zh, wrong.words.en);
  return value;
}

/** The page sends what it shows, too: that changes nothing and is no attempt to write. */
function isAsBefore(field: FormField, sent: Json | undefined, held: Json | undefined): boolean {
  if (sent === undefined || jsonEqual(sent, held)) return true;
  if (!isEmpty(held)) return false;
  return isEmpty(sent) || jsonEqual(sent, field.default) || (field.type === 'boolean' && sent === false);
}

function rowsOf(field: FormField, sent: Json | undefined, held: Json | undefined, level: Level): Json | undefined {
  const fixed = field.fixedRows === undefined ? undefined : Array.isArray(held) ? held.length : field.fixedRows;
  if (sent === undefined || sent === null) {
    if (fixed === undefined) return sent;
    if (Array.isArray(held) || !demandsAnything(field)) return undefined;
  }
  const rows = sent ?? [];
  if (!Array.isArray(rows)) {
    tell(level, field, 'type', '应为列表。', 'must be a list.');
    return undefined;
  }
  if (fixed !== undefined && rows.length !== fixed) {
    tell(level, field, 'rows', `须恰好有${fixed}行。`, `must have exactly ${fixed} row${fixed === 1 ? '' : 's'}.`);
    return undefined;
  }
  const rowsBefore = Array.isArray(held) ? held : [];
  return rows.map((row, index) => writtenRow(field, row, rowsBefore, index, level));
}

const demandsAnything = ({ fields = [] }: FormField): boolean =>
  fields.some((field) => field.required || demandsAnything(field));

function writtenRow(field: FormField, row: Json, rowsBefore: Json[], index: number, level: Level): Json {
  const { fields = [] } = field;
  const rows = [...level.rows, { label: field.label, number: index + 1 }];
  const at = `${level.at}${field.key}.${index}.`;
  if (!isObject(row)) {
    level.problems.push({
      field: at.slice(0, -1),
      code: 'type',
      message: {
        zh: `“${field.label}”第${index + 1}行应为一组内容。`,
        en: `Row ${index + 1} of "${field.label}" must be an object.`,
      },
    });
    return {};
  }
  const here = { ...row };
  for (const inner of fields) {
    const initial = initialOf(inner);
    if (initial !== undefined && valueAt(row, inner.key) === undefined) put(here, inner.key, initial);
  }
  const scope = rowScope(level.scope, here, index);
  compute(fields, scope, here, level.context);
  const inner: Level = { ...level, given: row, before: rowBefore(fields, row, rowsBefore, index), scope, at, rows };
  const written: { [key: string]: Json } = {};
  for (const [path, value] of writtenAt(fields, inner)) put(written, path, value);
  for (const { path, isField } of unknownIn(fields, row)) refuseUnknown(path, isField, inner);
  return written;
}

/** After rows were removed the others have moved up: rows are matched by their read-only fields. */
function rowBefore(fields: FormField[], row: Json, rowsBefore: Json[], index: number): { [key: string]: Json } {
  const shown = fields.filter(({ readonly }) => readonly);
  const isRow = (one: Json | undefined) =>
    isObject(one) && shown.every((field) => isAsBefore(field, valueAt(row, field.key), valueAt(one, field.key)));
  const found = isRow(rowsBefore[index]) ? rowsBefore[index] : (rowsBefore.find(isRow) ?? rowsBefore[index]);
  return isObject(found) ? found : {};
}

interface Unknown {
  path: string;
  value: Json;
  /** A group of the form, which takes an object. */
  isField: boolean;
}

/** What was sent beside the fields. */
function unknownIn(fields: FormField[], given: { [key: string]: Json }, around = ''): Unknown[] {
  return Object.entries(given).flatMap(([name, value]): Unknown[] => {
    const path = around + name;
    if (fields.some(({ key }) => key === path)) return [];
    if (!fields.some(({ key }) => key.startsWith(`${path}.`))) return [{ path, value, isField: false }];
    if (isObject(value)) return unknownIn(fields, value, `${path}.`);
    return value === null ? [] : [{ path, value, isField: true }];
  });
}

function refuseUnknown(path: string, isField: boolean, { at, problems }: Level): void {
  problems.push({
    field: at + path,
    code: isField ? 'type' : 'unknown-field',
    message: isField
      ? { zh: `“${path}”应为一组内容。`, en: `"${path}" must be an object.` }
      : { zh: `表单中没有“${path}”。`, en: `The form has no "${path}".` },
  });
}

function tell(level: Level, { key, label }: FormField, code: FieldProblemCode, zh: string, en: string): void {
  const inZh = level.rows.map((row) => `“${row.label}”第${row.number}行的`).join('');
  const inEn = level.rows.map((row) => `"${row.label}", row ${row.number}: `).join('');
  level.problems.push({
    field: level.at + key,
    code,
    message: { zh: `${inZh}“${label}”${zh}`, en: `${inEn}"${label}" ${en}` },
  });
}
