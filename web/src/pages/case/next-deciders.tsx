/** Where the process would go for each choice of the form: who is next is known before somebody decides. */
import { useQuery } from '@tanstack/react-query';
import { choicesQuery } from '../../api/queries.ts';
import { useWords } from '../../words/index.ts';

export function NextDeciders({ task, seen }: { task: string; seen: string }) {
  const { t, language, pick } = useWords();
  const { data } = useQuery(choicesQuery(task, seen));
  if (!data || data.items.length === 0) return null;
  return (
    <ul className="choices-ahead" aria-label={t('case.next')}>
      {data.items.map(({ value, label, next, ends }) => (
        <li key={JSON.stringify(value)}>
          <b>{pick(label)}</b>
          <span>
            →{' '}
            {ends
              ? t('case.nextEnds')
              : next.length === 0
                ? t('case.nextSame')
                : next.map(({ what }) => pick(what)).join(language === 'zh' ? '；' : '; ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
