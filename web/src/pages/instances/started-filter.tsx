/** When instances began: from one day to another, both included, in the zone of the browser. */
import { useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';

const dayMs = 86_400_000;

export function StartedFilter() {
  const { t } = useWords();
  const [from, setFrom] = useParameter('startedFrom');
  const [to, setTo] = useParameter('startedTo');
  return (
    <span className="range labelled">
      <span className="soft">{t('column.started')}</span>
      <input
        type="date"
        className="day"
        aria-label={t('instances.from', { what: t('column.started') })}
        value={from === undefined ? '' : dayOf(Date.parse(from))}
        onChange={(event) => setFrom(instantOf(event.target.value, 0))}
      />
      <input
        type="date"
        className="day"
        aria-label={t('instances.to', { what: t('column.started') })}
        value={to === undefined ? '' : dayOf(Date.parse(to) - dayMs)}
        onChange={(event) => setTo(instantOf(event.target.value, dayMs))}
      />
    </span>
  );
}

function dayOf(ms: number): string {
  const date = new Date(ms);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

const instantOf = (day: string, later: number): string | undefined =>
  day === '' ? undefined : new Date(new Date(`${day}T00:00:00`).getTime() + later).toISOString();
