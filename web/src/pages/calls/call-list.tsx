/** What waits: emergencies first, then by date. */
import type { Call } from '../../api/patient-queries.ts';
import { Due } from '../../parts/due.tsx';
import { useWords } from '../../words/index.ts';

export interface CallListProps {
  items: Call[];
  chosen: string;
  choose(task: string): void;
}

export function CallList({ items, chosen, choose }: CallListProps) {
  const { t, pick } = useWords();
  return (
    <nav className="call-list panel" aria-label={t('calls.list')}>
      <ul>
        {items.map((call) => (
          <li key={call.task}>
            <button type="button" aria-current={call.task === chosen} onClick={() => choose(call.task)}>
              <span className="strong">
                {call.patientName ?? call.patient}
                {call.urgent && <span className="tag bad">{t('inbox.urgent')}</span>}
                {call.isMine && <span className="tag">{t('calls.mine')}</span>}
              </span>
              <span className="soft">{call.touches.length === 1 ? pick(call.touches[0]!.name) : pick(call.name)}</span>
              <Due since={call.createdAt} dueAt={call.dueAt} facility={call.facility} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
