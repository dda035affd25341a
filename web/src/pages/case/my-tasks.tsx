/** The task of the address, then those that are open and that the person may do something with. */
import { useSearchParams } from 'react-router';
import type { Explanation, Instance } from '../../api/client.ts';
import { useWords } from '../../words/index.ts';
import { TaskPanel } from './task-panel.tsx';

const mostShown = 10;

export function MyTasks({ instance, explanation }: { instance: Instance; explanation: Explanation | undefined }) {
  const { t } = useWords();
  const keys = new Map(instance.waits.flatMap(({ task, key }) => (task === undefined ? [] : [[task, key] as const])));
  const [search] = useSearchParams();
  const wanted = search.get('task');
  const ids = [...new Set(wanted === null ? keys.keys() : [wanted, ...keys.keys()])];
  if (ids.length === 0)
    return (
      <section className="panel">
        <p className="soft note">{instance.status === 'active' ? t('case.noTask') : t('case.ended')}</p>
      </section>
    );
  const whyOf = (id: string) => explanation?.waits.find(({ key }) => key === keys.get(id))?.why;
  return (
    <>
      {ids.slice(0, mostShown).map((id) => (
        <TaskPanel key={id} id={id} wanted={id === wanted} open={keys.has(id)} why={whyOf(id)} />
      ))}
    </>
  );
}
