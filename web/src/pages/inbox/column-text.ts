/** Values of the columns that a process declares, in words. */
import type { DefinitionProfile } from '../../api/client.ts';

export type ProcessColumn = DefinitionProfile['columns'][number];

interface ColumnWords {
  nameOf(id: string): string;
  named(one: { name: string; englishName?: string | undefined }): string;
  instant(at: string): string;
}

/** A value of a column in words: the label of a choice, yuan, the name of a person, a day. */
export function columnText(column: ProcessColumn, value: string | number | undefined, words: ColumnWords): string {
  if (value === undefined) return '';
  switch (column.type) {
    case 'choice': {
      const choice = column.choices?.find((one) => one.value === value);
      return choice ? words.named(choice) : String(value);
    }
    case 'money':
      return typeof value === 'number' ? `¥${(value / 100).toLocaleString('en', { minimumFractionDigits: 2 })}` : value;
    case 'person':
      return words.nameOf(String(value));
    case 'date':
      return String(value).includes('T') ? words.instant(String(value)) : String(value);
    default:
      return String(value);
  }
}
