/** What the process declares of itself, with the values of now. */
import type { OneInstance } from '../../api/client.ts';
import { useNames } from '../../parts/people.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

type Column = OneInstance['summary']['columns'][number];

export function Summary({ columns, facility }: { columns: Column[]; facility: string }) {
  const { named } = useWords();
  const inWords = useColumnValue(facility, columns);
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

/** A value as people read it: choices and people by name, money in yuan, instants in the facility's zone. */
function useColumnValue(facility: string, columns: Column[]): (column: Column) => string {
  const { t, language, pick } = useWords();
  const zone = useZone(facility);
  const personName = useNames(columns.map(({ type, value }) => (type === 'person' ? String(value) : undefined)));
  return ({ type, value, label }) => {
    if (label) return pick(label);
    if (type === 'person') return personName(String(value));
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
