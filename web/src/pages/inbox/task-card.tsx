/** A task on a narrow screen. */
import { Link } from 'react-router';
import type { Task } from '../../api/client.ts';
import { casePath } from '../../parts/case-path.ts';
import { Due } from '../../parts/due.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

export function TaskCard({ task, nameOf, done }: { task: Task; nameOf(id: string): string; done: boolean }) {
  const { t, named, language } = useWords();
  const facilityName = useFacilityName();
  const zone = useZone(task.facility);
  const { createdAt, dueAt, closedAt, facility, remaining } = task;
  return (
    <li>
      <Link className="card" to={casePath(task.instance, task.id)}>
        <header>
          <span className="strong">{named(task)}</span>
          {task.urgent && <span className="tag bad">{t('inbox.urgent')}</span>}
        </header>
        <p>{task.title}</p>
        <p className="soft">
          {!task.title.includes(task.businessKey) && `${task.businessKey} · `}
          {facilityName(facility)}
          {!done && ` · ${task.assignee === null ? t('inbox.unassigned') : nameOf(task.assignee)}`}
        </p>
        {done ? (
          <time dateTime={closedAt}>{closedAt && instantInWords(closedAt, { language, zone })}</time>
        ) : (
          <Due since={createdAt} {...{ dueAt, facility, remaining }} />
        )}
      </Link>
    </li>
  );
}
