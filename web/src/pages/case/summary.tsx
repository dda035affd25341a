/** What the process declares of itself, with the values of now. */
import type { OneTask } from '../../api/client.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

type Column = OneTask['summary']['columns'][number];

export function Summary({ columns, facility }: { columns: Column[]; facility: string }) {
  const { named } = useWords();
  const inWords = useColumnValue(facility);
  if (columns.length === 0) return null;
  return (
    <dl className="summary">
      {columns.map((column) => (
        <div key={column.id}>
          <dt>{named(column)}</dt>
          <dd>{inWords(column)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** A value of a column as people read it: money in yuan, instants in the facility's zone, truth values as words. */
function useColumnValue(facility: string): (column: Pick<Column, 'type' | 'value'>) => string {
  const { t, language } = useWords();
  const zone = useZone(facility);
  return ({ type, value }) => {
    if (type === 'money' && typeof value === 'number')
      return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
        style: 'currency',
        currency: 'CNY',
      }).format(value / 100);
    if (type === 'date' && typeof value === 'string' && value.includes('T'))
      return instantInWords(value, { language, zone });
    if (String(value) === 'true') return t('common.yes');
    if (String(value) === 'false') return t('common.no');
    return String(value);
  };
}
