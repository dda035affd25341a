/** Lists in the UI of Temporal: what is stuck or overdue, and what waits for a role. */
import { useQuery } from '@tanstack/react-query';
import { rolesQuery } from '../../../api/settings-queries.ts';
import { useWords } from '../../../words/index.ts';
import type { Runtime } from '../runtime-queries.ts';

export function ReadyQueries({ temporal }: { temporal: NonNullable<Runtime['temporal']> }) {
  const { t, named } = useWords();
  const { data: roles } = useQuery(rolesQuery);
  const nameOf = (code: string): string => {
    if (code === 'stuck' || code === 'overdue') return t(`ops.temporal.${code}`);
    const id = code.slice('role:'.length);
    const role = roles?.items.find((one) => one.id === id);
    return t('ops.temporal.waitingFor', { role: role ? named(role) : id });
  };
  return (
    <section className="panel">
      <h2>{t('ops.temporal.title')}</h2>
      <ul className="links">
        {temporal.queries.map(({ code, query }) => (
          <li key={code}>
            <a href={`${temporal.address}?query=${encodeURIComponent(query)}`} target="_blank" rel="noreferrer">
              {nameOf(code)}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
