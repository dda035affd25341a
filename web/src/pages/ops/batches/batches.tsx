/** Batches, the newest first: what they do, how far they are, who began them. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { BatchProgress } from '../../../parts/batches/batch-progress.tsx';
import { batchesQuery } from '../../../parts/batches/batch-queries.ts';
import { useBatchWords } from '../../../parts/batches/batch-words.ts';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { LoadMore } from '../../../parts/load-more.tsx';
import { useNames } from '../../../parts/people.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useWords } from '../../../words/index.ts';

export function Batches() {
  const { t, language } = useWords();
  const list = useInfiniteQuery(batchesQuery);
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = useNames(items.map((one) => one.startedBy));
  const words = useBatchWords();
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.batches')}</h1>
      </div>
      {items.length === 0 && <Empty title={t('ops.batches.empty')} hint={t('ops.batches.emptyHint')} />}
      <ul className="tiles">
        {items.map((batch) => (
          <li key={batch.id} className="panel tile">
            <div className="report-head">
              <Link className="strong" to={`/ops/batches/${batch.id}`}>
                {words.title(batch)}
              </Link>
              <span className="soft">{words.about(batch)}</span>
              {batch.stopped && <span className="tag warn">{t('ops.batch.stopped')}</span>}
            </div>
            <p className="soft">
              {t('ops.batch.startedBy', {
                name: nameOf(batch.startedBy),
                time: instantInWords(batch.startedAt, { language }),
                n: batch.total,
              })}
            </p>
            <BatchProgress batch={batch} />
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </>
  );
}
