/** What there was with the patient so far, the newest first. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { chainQuery, chainsOfPatientQuery } from '../../api/patient-queries.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import { TouchList } from '../patients/touch-list.tsx';

const shown = 12;

export function CallHistory({ patient, seen, facility }: { patient: string; seen: string; facility: string }) {
  const { t } = useWords();
  const zone = useZone(facility);
  const chains = useQuery(chainsOfPatientQuery(patient));
  const all = useQueries({
    queries: (chains.data?.items ?? []).map(({ chain, updatedAt }) => chainQuery(chain, `${updatedAt} ${seen}`)),
  });
  const touches = all
    .flatMap(({ data }) => data?.touches ?? [])
    .filter(({ state }) => state !== 'planned' && state !== 'open')
    .sort((a, b) => (a.dueAt < b.dueAt ? 1 : -1));
  return (
    <section className="panel call-history">
      <h2>{t('calls.history')}</h2>
      {touches.length === 0 && chains.data && <p className="soft note">{t('calls.noHistory')}</p>}
      <TouchList touches={touches.slice(0, shown)} zone={zone} />
    </section>
  );
}
