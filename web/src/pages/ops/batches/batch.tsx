/** One batch: progress, what became of each instance, stop and go on. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import { useParams } from 'react-router';
import { BatchProgress, outcomesOf } from '../../../parts/batches/batch-progress.tsx';
import { batchQuery, type Outcome, useBatchControl } from '../../../parts/batches/batch-queries.ts';
import { BatchReport } from '../../../parts/batches/batch-report.tsx';
import { useBatchWords } from '../../../parts/batches/batch-words.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { useNames } from '../../../parts/people.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useWords } from '../../../words/index.ts';

export function BatchPage() {
  const { t, language } = useWords();
  const { id = '' } = useParams();
  const query = useQuery(batchQuery(id));
  const [outcome, setOutcome] = useParameter('outcome');
  const control = useBatchControl(id);
  const words = useBatchWords();
  const nameOf = useNames([query.data?.startedBy, query.data?.stopped?.by]);
  if (query.isPending) return <Skeleton active />;
  if (!query.data) return <ErrorNotice error={query.error} retry={() => void query.refetch()} />;
  const batch = query.data;
  return (
    <>
      <div className="heading">
        <h1>{words.title(batch)}</h1>
        <span className="soft">{words.about(batch)}</span>
        <span className="spring" />
        {!batch.finished && (
          <Button loading={control.isPending} onClick={() => control.mutate('stop')}>
            {t('ops.batch.stop')}
          </Button>
        )}
        {batch.stopped && batch.counts.pending > 0 && (
          <Button type="primary" loading={control.isPending} onClick={() => control.mutate('resume')}>
            {t('ops.batch.resume')}
          </Button>
        )}
      </div>
      {control.error && <ErrorNotice error={control.error} />}
      <section className="panel tile">
        <p className="soft">
          {t('ops.batch.startedBy', {
            name: nameOf(batch.startedBy),
            time: instantInWords(batch.startedAt, { language }),
            n: batch.total,
          })}
          {batch.reason && ` · ${batch.reason}`}
        </p>
        {batch.stopped && (
          <p>
            {t('ops.batch.stoppedBy', {
              name: nameOf(batch.stopped.by),
              time: instantInWords(batch.stopped.at, { language }),
            })}
          </p>
        )}
        <BatchProgress batch={batch} />
      </section>
      <div className="filters">
        <Segmented
          aria-label={t('ops.batch.outcome')}
          value={outcome ?? ''}
          onChange={(value) => setOutcome(String(value))}
          options={[
            { value: '', label: t('common.all') },
            ...outcomesOf(batch).map((one) => ({ value: one, label: t(`ops.outcome.${one}`) })),
          ]}
        />
      </div>
      <BatchReport batch={batch} outcome={outcome as Outcome | undefined} />
    </>
  );
}
