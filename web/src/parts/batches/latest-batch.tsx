/** The batch that was begun from this page: its progress, and then its report. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { useWords } from '../../words/index.ts';
import { BatchProgress } from './batch-progress.tsx';
import { batchQuery } from './batch-queries.ts';
import { BatchReport } from './batch-report.tsx';
import { useBatchWords } from './batch-words.ts';

/** With more instances than this the report stands on the page of the batch. */
const shownHere = 20;

export function LatestBatch({ id, close }: { id: string; close(): void }) {
  const { t } = useWords();
  const { data: batch } = useQuery(batchQuery(id));
  const words = useBatchWords();
  const client = useQueryClient();
  const finished = batch?.finished;
  useEffect(() => {
    if (finished) void client.invalidateQueries({ queryKey: ['instances'] });
  }, [finished, client]);
  if (!batch) return null;
  return (
    <section className="panel tile latest" aria-label={t('ops.batch.latest')}>
      <div className="report-head">
        <span className="strong">{words.title(batch)}</span>
        <span className="soft">{words.about(batch)}</span>
        <span className="spring" />
        <Link to={`/ops/batches/${id}`}>{t('ops.batch.open')}</Link>
        <Button size="small" onClick={close}>
          {t('ops.close')}
        </Button>
      </div>
      <BatchProgress batch={batch} />
      {batch.total > 0 && batch.total <= shownHere && <BatchReport batch={batch} outcome={undefined} />}
    </section>
  );
}
