/** The page of an instance in the UI of Temporal, where that is known. */
import { useQuery } from '@tanstack/react-query';
import { useWords } from '../../words/index.ts';
import { runtimeQuery } from './runtime-queries.ts';

export function TemporalLink({ instance }: { instance: string }) {
  const { t } = useWords();
  const { data } = useQuery({ ...runtimeQuery, refetchInterval: false, staleTime: 300_000 });
  if (!data?.temporal) return null;
  return (
    <a href={`${data.temporal.address}/${encodeURIComponent(instance)}`} target="_blank" rel="noreferrer">
      {t('ops.temporal.open')}
    </a>
  );
}
