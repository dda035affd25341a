/** Column parameters of lists: filters (`column.<id>`, `column.<id>.from`, `.to`), order and text search, by the process's declaration. */
import { columnKey, columnPrefix, columnRange } from '../../../engine/columns/column-keys.ts';
import type { ColumnValue } from '../../../engine/columns/column-values.ts';
import type { Plan, ProcessColumn } from '../../../engine/model/plan.ts';
import { isPlainDate } from '../../../engine/time/date.ts';
import { rememberFor } from '../../../store/db/remember.ts';
import type { Sort } from '../../../store/db/sorted-pages.ts';
import { findPlan, listNewestPlans } from '../../../store/definitions/plans.ts';
import type { ColumnSearch, TextSearch } from '../../../store/runtime/column-search.ts';
import { type FieldError, invalid } from '../../http/problem.ts';

/** Parameters as sent: `amountCents.from` → `1000`; several values of one name are alternatives. */
export type ColumnParameters = Record<string, string | string[]>;

/** Columns of the newest active version of a process. */
async function columnsOf(process: string): Promise<readonly ProcessColumn[]> {
  return (await findPlan<Plan>(process))?.plan.profile?.columns ?? [];
}

/** @throws ProblemError 400 for an unknown column, or a value that does not fit its type */
export async function columnSearch(
  process: string | undefined,
  parameters: ColumnParameters,
): Promise<ColumnSearch | undefined> {
  const asked = Object.entries(parameters);
  if (asked.length === 0) return undefined;
  const columns = process === undefined ? undefined : (await columnsOf(process)).filter((one) => one.searchable);
  const errors: FieldError[] = [];
  const search: ColumnSearch = { oneOf: [], within: [] };
  const ranges = new Map<string, { column: ProcessColumn; from?: ColumnValue; to?: ColumnValue }>();
  for (const [name, given] of asked) {
    const path = `query.column.${name}`;
    const wrong = (code: string, message: string) => errors.push({ path, code, message });
    if (!columns) {
      wrong('process_needed', 'Columns belong to a process: name it with "process".');
      continue;
    }
    const [id = '', end, ...rest] = name.split('.');
    const column = columns.find((one) => one.id === id);
    if (!column || rest.length > 0 || (end !== undefined && end !== 'from' && end !== 'to')) {
      const known = columns.map((one) => one.id).join(', ') || 'none';
      wrong('unknown_column', `${process} has no such searchable column. It has: ${known}.`);
      continue;
    }
    if (end !== undefined && !rangeTypes.has(column.type)) {
      wrong('no_range', `A column of the type ${column.type} has no "from" and "to".`);
      continue;
    }
    const values = [given].flat().map((text) => valueIn(column, text));
    const [value] = values;
    const once = end !== undefined || column.type === 'date';
    if (value === undefined || values.includes(undefined) || (once && values.length > 1))
      wrong('bad_value', `${wordsOfType[column.type]} is expected${once ? ', once' : ''}.`);
    else if (end !== undefined) ranges.set(id, { ...ranges.get(id), column, [end]: value });
    else if (column.type === 'date') search.within.push(columnRange(id, 'date', value, value));
    else search.oneOf.push(values.flatMap((one) => (one === undefined ? [] : [columnKey(id, column.type, one)])));
  }
  if (errors.length > 0) throw invalid(errors);
  for (const [id, { column, from, to }] of ranges) search.within.push(columnRange(id, column.type, from, to));
  return search;
}

const rangeTypes: ReadonlySet<ProcessColumn['type']> = new Set(['number', 'money', 'date']);

const wordsOfType: Record<ProcessColumn['type'], string> = {
  text: 'A text',
  choice: 'One of its values',
  number: 'A number',
  money: 'A whole number of cents',
  date: 'A day (YYYY-MM-DD)',
  person: 'A staff id',
};

function valueIn({ type, choices }: ProcessColumn, text: string): ColumnValue | undefined {
  switch (type) {
    case 'number':
    case 'money': {
      const value = /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
      return type === 'number'
        ? Number.isFinite(value)
          ? value
          : undefined
        : Number.isSafeInteger(value)
          ? value
          : undefined;
    }
    case 'date':
      return isPlainDate(text) ? text : undefined;
    case 'choice':
      return !choices || choices.some((one) => one.value === text) ? text : undefined;
    case 'text':
    case 'person':
      return text === '' ? undefined : text;
  }
}

/**
 * @param asked a field, or `column.<id>`; `-` in front sorts descending
 * @param required fields that every row has
 * @throws ProblemError 400
 */
export async function sortBy(asked: string, process: string | undefined, required: readonly string[]): Promise<Sort> {
  const descending = asked.startsWith('-');
  const field = descending ? asked.slice(1) : asked;
  if (!field.startsWith('column.')) return { field, descending, ...(!required.includes(field) && { optional: true }) };
  const id = field.slice('column.'.length);
  const refuse = (code: string, message: string) => invalid([{ path: 'query.sort', code, message }]);
  if (process === undefined) throw refuse('process_needed', 'Columns belong to a process: name it with "process".');
  const columns = await columnsOf(process);
  if (!columns.some((one) => one.id === id)) {
    const known = columns.map((one) => one.id).join(', ') || 'none';
    throw refuse('unknown_column', `${process} has no column "${id}". It has: ${known}.`);
  }
  return { field: `columns.${id}`, descending, optional: true };
}

/**
 * Columns with text search, of each process that has any. Cached: a definition deployed by another API process is
 * searched a moment later.
 */
export const searchedColumns = rememberFor(2000, async () => {
  const found = (await listNewestPlans<Plan>()).map(({ process, plan }) => ({
    process,
    columns: (plan.profile?.columns ?? []).flatMap(({ id, type, searchable }) =>
      searchable && (type === 'text' || type === 'person') ? [{ id, type }] : [],
    ),
  }));
  return found.filter(({ columns }) => columns.length > 0);
});

/** Text search besides business keys: in the searchable texts and people of one process, or of all. */
export async function textSearches(typed: string, process: string | undefined): Promise<TextSearch[]> {
  const searched = (await searchedColumns()).filter((one) => process === undefined || one.process === process);
  return searched.map((one) => ({
    process: one.process,
    within: one.columns.map(({ id, type }) => columnPrefix(id, type, typed)),
  }));
}
