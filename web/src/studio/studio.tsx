/** A definition in the studio: the newest version is opened, or a new drawing. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useParams, useSearchParams } from 'react-router';
import { filesQuery, versionsQuery } from '../api/studio-queries.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { Session } from '../session.tsx';
import { useWords } from '../words/index.ts';
import { newDiagram } from './files.ts';
import { Workspace } from './workspace.tsx';
import './studio.css';

export function StudioPage() {
  const { key } = useParams();
  const [search] = useSearchParams();
  const { t } = useWords();
  return (
    <Session>
      {() =>
        key === undefined ? (
          <Workspace processKey="new-process" files={{ xml: newDiagram('new-process', t('studio.newName')) }} />
        ) : (
          <Opened key={key} processKey={key} version={Number(search.get('version')) || undefined} />
        )
      }
    </Session>
  );
}

function Opened({ processKey, version }: { processKey: string; version: number | undefined }) {
  const versions = useQuery({ ...versionsQuery(processKey), enabled: version === undefined });
  const opened = version ?? versions.data?.items.find((one) => one.newest)?.version ?? versions.data?.items[0]?.version;
  const files = useQuery({ ...filesQuery(processKey, opened ?? 0), enabled: opened !== undefined });
  const error = versions.error ?? files.error;
  if (error) return <ErrorNotice error={error} retry={() => void files.refetch()} />;
  if (!files.data) return <Skeleton active />;
  return <Workspace processKey={processKey} version={opened} files={files.data} />;
}
