/** Preview of a batch: how many instances, of which versions, and whether another person must approve it. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { useWords } from '../../words/index.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { useProcessNames } from '../process-names.ts';
import { type BatchFilter, type BatchKind, previewQuery } from './batch-queries.ts';

export function Preview({ kind, filter }: { kind: BatchKind; filter: BatchFilter }) {
  const { t } = useWords();
  const { nameOf } = useProcessNames();
  const preview = useQuery(previewQuery(kind, filter));
  if (preview.isPending) return <Skeleton active paragraph={{ rows: 1 }} />;
  if (!preview.data) return <ErrorNotice error={preview.error} retry={() => void preview.refetch()} />;
  const { found, instances, versions, most, money } = preview.data;
  return (
    <div className="preview" aria-live="polite">
      <p>
        {found === instances
          ? t('bulk.preview.all', { n: instances })
          : t('bulk.preview.some', { n: instances, found, rest: found - instances })}
      </p>
      <ul className="outcomes">
        {versions.map(({ process, version, instances: count }) => (
          <li key={`${process} ${version}`} className="tag">
            {nameOf(process)} {t('definitions.version', { n: version })} · {count}
          </li>
        ))}
      </ul>
      {instances > most && <Alert type="error" showIcon title={t('bulk.preview.tooMany', { most })} />}
      {money.length > 0 && <Alert type="info" showIcon title={t('bulk.preview.money')} />}
    </div>
  );
}
