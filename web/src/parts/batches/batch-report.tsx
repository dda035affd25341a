/** What became of each instance of a batch, in words. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { useWords } from '../../words/index.ts';
import { casePath } from '../case-path.ts';
import { Empty } from '../empty.tsx';
import { ErrorNotice } from '../error-notice.tsx';
import { LoadMore } from '../load-more.tsx';
import { toneOf } from './batch-progress.tsx';
import { type Batch, type BatchItem, batchItemsQuery, type Outcome } from './batch-queries.ts';

export function BatchReport({ batch, outcome }: { batch: Batch; outcome: Outcome | undefined }) {
  const { t } = useWords();
  const list = useInfiniteQuery(batchItemsQuery(batch.id, outcome, JSON.stringify(batch.counts)));
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.report.items);
  if (items.length === 0) return <Empty title={t('ops.batch.nothing')} />;
  return (
    <>
      <ul className="report">
        {items.map((item) => (
          <ReportLine key={item.instance} item={item} />
        ))}
      </ul>
      <LoadMore list={list} />
    </>
  );
}

function ReportLine({ item }: { item: BatchItem }) {
  const { t, pick } = useWords();
  const lines = item.lines ?? [];
  return (
    <li>
      <div className="report-head">
        <Link to={casePath(item.instance)}>{item.instance}</Link>
        <span className={`tag ${toneOf(item.outcome)}`}>{t(`ops.outcome.${item.outcome}`)}</span>
        {lines.length === 0 && item.code && <span className="soft">{item.code}</span>}
      </div>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a report never change their place
        <p key={index} className={'code' in line && item.outcome === 'stopped' && line.code ? 'bad' : 'soft'}>
          {line.elementName && <span className="strong">{t('common.about', { what: line.elementName })}</span>}
          {pick(line.words)}
        </p>
      ))}
    </li>
  );
}
