/** `careloop:column`: the columns of a process that lists show and search, and those that only the page of an instance shows. */
import type { ColumnType, ProcessColumn } from '../model/plan.ts';
import { compact } from './base.ts';
import type { Compilation } from './context.ts';
import { childrenOf, type ModdleElement, text } from './element.ts';
import { valueExpression } from './expressions.ts';
import type { Extensions } from './extensions.ts';

export const columnTypes: readonly ColumnType[] = ['text', 'choice', 'number', 'money', 'date', 'person'];

/** Each is evaluated after every step and stored in the row of the instance. */
export const mostColumns = 20;

const isColumnType = (type: string): type is ColumnType => columnTypes.some((known) => known === type);

export interface DeclaredColumns {
  /** On the rows of its instances. */
  columns: ProcessColumn[];
  /** On the page of an instance only. */
  facts: ProcessColumn[];
}

export function columnsOf(process: ModdleElement, extensions: Extensions, c: Compilation): DeclaredColumns {
  const elements = extensions.all('careloop:Column');
  const columns: ProcessColumn[] = [];
  for (const element of elements) {
    const column = columnOf(element, process, c);
    if (!column) continue;
    if (columns.some(({ id }) => id === column.id))
      c.report.error(process, 'duplicate-column', `The column "${column.id}" is declared twice.`, {
        hint: 'Keep one of them.',
      });
    else columns.push(column);
  }
  const unlisted = new Set(elements.filter((one) => text(one, 'listed') === 'false').map((one) => text(one, 'id')));
  const [facts, listed] = [columns.filter(({ id }) => unlisted.has(id)), columns.filter(({ id }) => !unlisted.has(id))];
  if (listed.length > mostColumns)
    c.report.error(process, 'too-many-columns', `It has ${listed.length} columns; ${mostColumns} is the most.`, {
      hint: 'Keep what people look for in lists; others may have listed="false".',
    });
  return { columns: listed, facts };
}

function columnOf(element: ModdleElement, process: ModdleElement, c: Compilation): ProcessColumn | undefined {
  const id = text(element, 'id') ?? '';
  const refuse = (code: string, message: string, hint: string): undefined => {
    c.report.error(process, code, message, { hint });
    return undefined;
  };
  if (!/^[A-Za-z][A-Za-z0-9_]{0,49}$/.test(id) || id in Object.prototype)
    return refuse(
      'bad-column-id',
      id === '' ? 'A column has no id.' : `"${id}" cannot be the id of a column.`,
      'Use a letter, then letters, digits and _: amountCents.',
    );
  const name = text(element, 'name');
  if (name === undefined)
    return refuse('column-without-name', `The column "${id}" has no name.`, 'Name it in the words of its readers.');
  const type = text(element, 'type') ?? 'text';
  if (!isColumnType(type))
    return refuse(
      'unknown-column-type',
      `The column "${id}" has the type "${type}", which there is not.`,
      `Choose ${columnTypes.slice(0, -1).join(', ')} or ${columnTypes.at(-1)}.`,
    );
  const value = valueExpression(text(element, 'value'), process, `Column "${id}"`, c.report);
  if (!value || 'literal' in value)
    return refuse(
      'column-without-value',
      `The column "${id}" ${value ? `has the constant "${value.literal}"` : 'has no value'}.`,
      `Write a FEEL expression over the variables of the process: value="=${id}".`,
    );
  const searchable = text(element, 'searchable') ?? 'false';
  if (searchable !== 'true' && searchable !== 'false')
    return refuse(
      'bad-column',
      `"searchable" of the column "${id}" is "${searchable}".`,
      'Write true, or false, or leave it out.',
    );
  const listed = text(element, 'listed') ?? 'true';
  if ((listed !== 'true' && listed !== 'false') || (listed === 'false' && searchable === 'true'))
    return refuse(
      'bad-column',
      `"listed" of the column "${id}" is "${listed}"${searchable === 'true' ? ', and it is searchable' : ''}.`,
      'Write true, or false, or leave it out; a column that no list has cannot be searched.',
    );
  const choices = choicesOf(element, id, process, c);
  if ((type === 'choice') !== choices.length > 0)
    return refuse(
      'bad-column-choices',
      type === 'choice'
        ? `The column "${id}" is a choice without choices.`
        : `The column "${id}" has choices but the type "${type}".`,
      type === 'choice'
        ? 'Write <careloop:choice value="…" name="…" nameEn="…" /> inside it for each value it may have.'
        : 'Write type="choice", or remove the choices.',
    );
  return compact({
    id,
    name,
    englishName: text(element, 'nameEn'),
    type,
    value,
    searchable: searchable === 'true',
    choices: type === 'choice' ? choices : undefined,
  });
}

function choicesOf(
  element: ModdleElement,
  column: string,
  process: ModdleElement,
  c: Compilation,
): NonNullable<ProcessColumn['choices']> {
  const choices: NonNullable<ProcessColumn['choices']> = [];
  for (const choice of childrenOf(element, 'choices')) {
    const value = text(choice, 'value');
    const name = text(choice, 'name');
    if (value === undefined || name === undefined)
      c.report.error(process, 'bad-column-choices', `A choice of the column "${column}" has no value or no name.`, {
        hint: 'Give it both.',
      });
    else if (choices.some((other) => other.value === value))
      c.report.error(process, 'bad-column-choices', `The column "${column}" has the choice "${value}" twice.`, {
        hint: 'Keep one of them.',
      });
    else choices.push(compact({ value, name, englishName: text(choice, 'nameEn') }));
  }
  return choices;
}
