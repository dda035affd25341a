/** Moves and migrations are of one version: the one of the chosen instances, or which of several. */
import { useQuery } from '@tanstack/react-query';
import { Modal, Skeleton } from 'antd';
import { Link, Navigate } from 'react-router';
import { useWords } from '../../words/index.ts';
import { Empty } from '../empty.tsx';
import { ErrorNotice } from '../error-notice.tsx';
import { useProcessNames } from '../process-names.ts';
import { filterAddress } from './batch-filter.ts';
import { type BatchFilter, previewQuery } from './batch-queries.ts';

const pages = { modify: '/ops/move', migrate: '/ops/migrate' } as const;

export function VersionDialog(props: { kind: keyof typeof pages; filter: BatchFilter; close(): void }) {
  const { kind, filter, close } = props;
  const { t } = useWords();
  const { nameOf } = useProcessNames();
  const { data, error, isPending, refetch } = useQuery(previewQuery(kind, filter));
  const versions = data?.versions ?? [];
  const address = (process: string, version: number) =>
    `${pages[kind]}/${encodeURIComponent(process)}?${filterAddress({ ...filter, process, version })}`;
  const [only, ...more] = versions;
  if (only && more.length === 0) return <Navigate to={address(only.process, only.version)} />;
  return (
    <Modal open title={t('bulk.whichVersion', { what: t(`ops.kind.${kind}`) })} onCancel={close} footer={null}>
      {isPending && <Skeleton active />}
      {error && <ErrorNotice error={error} retry={() => void refetch()} />}
      {data && versions.length === 0 && <Empty title={t('ops.batch.nothing')} />}
      <ul className="links">
        {versions.map(({ process, version, instances }) => (
          <li key={`${process} ${version}`}>
            <Link to={address(process, version)}>
              {nameOf(process)} {t('definitions.version', { n: version })}
            </Link>{' '}
            <span className="soft">{t('ops.incidents.count', { n: instances })}</span>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
