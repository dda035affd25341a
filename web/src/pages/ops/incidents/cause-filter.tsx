/** The causes of what is stuck, with how many each: a click leaves only these. */
import { useQuery } from '@tanstack/react-query';
import { useParameter } from '../../../parts/list-filters.tsx';
import { useWords } from '../../../words/index.ts';
import { type IncidentFilter, stuckTotalsQuery } from './incident-queries.ts';

export function CauseFilter({ filter }: { filter: IncidentFilter }) {
  const { t, pick } = useWords();
  const [code, setCode] = useParameter('incidentCode');
  const { incidentCode: _, ...others } = filter;
  const { data } = useQuery(stuckTotalsQuery(others, 'incidentCode'));
  const groups = data?.groups ?? [];
  if (groups.length < 2 && code === undefined) return null;
  return (
    <ul className="causes" aria-label={t('ops.incidents.causes')}>
      {groups.map(({ value, words, total }) => (
        <li key={value}>
          <button
            type="button"
            aria-pressed={code === value}
            onClick={() => setCode(code === value ? undefined : String(value))}
          >
            {words ? pick(words) : value} <b>{total}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}
