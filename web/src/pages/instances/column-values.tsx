/** What a process declares for lists, as people read it: choices by label, money in yuan, days as days. */
import { useQuery } from '@tanstack/react-query';
import type { DefinitionProfile, Instance } from '../../api/client.ts';
import { profileQuery } from '../../api/queries.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords, type WordsInUse } from '../../words/index.ts';

type Column = DefinitionProfile['columns'][number];

export function ColumnValues({ instance }: { instance: Instance }) {
  const words = useWords();
  const zone = useZone(instance.facility);
  const { data } = useQuery(profileQuery(instance.process));
  const { columns: values = {} } = instance;
  const shown = (data?.columns ?? []).flatMap((column) => {
    const value = values[column.id];
    return value === undefined
      ? []
      : [
          words.t('instances.column', {
            name: words.named(column),
            value: columnText(column, value, { ...words, zone }),
          }),
        ];
  });
  return shown.length === 0 ? null : (
    <div className="soft clipped" title={shown.join(' · ')}>
      {shown.join(' · ')}
    </div>
  );
}

function columnText(
  { type, choices }: Column,
  value: string | number,
  { named, language, zone }: Pick<WordsInUse, 'named' | 'language'> & { zone: string | undefined },
): string {
  const choice = choices?.find((one) => one.value === value);
  if (choice) return named(choice);
  if (type === 'money' && typeof value === 'number')
    return new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { style: 'currency', currency: 'CNY' }).format(
      value / 100,
    );
  if (type === 'date' && String(value).includes('T')) return instantInWords(String(value), { language, zone });
  return String(value);
}
