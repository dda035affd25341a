/** What the studio opens: a drawing that was begun, a version of a definition, or a new diagram. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { drawingQuery, drawingsQuery, filesQuery, versionsQuery } from '../api/studio-queries.ts';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { usePerson } from '../person.ts';
import { Session } from '../session.tsx';
import { newDiagram } from './files.ts';
import { NewProcess, type ProcessName } from './new-process.tsx';
import { Workspace } from './workspace.tsx';
import './studio.css';

export function StudioPage() {
  const { key } = useParams();
  const [search] = useSearchParams();
  const version = Number(search.get('version')) || undefined;
  // As it was opened: the address takes up the drawing once it is saved.
  const [drawing] = useState(search.get('drawing'));
  return (
    <Session>
      {() => {
        if (drawing !== null) return <OpenDrawing id={drawing} />;
        if (key === undefined) return <Begin />;
        return version === undefined ? <OpenProcess process={key} /> : <OpenVersion process={key} version={version} />;
      }}
    </Session>
  );
}

function Begin() {
  const [created, setCreated] = useState<ProcessName & { id: string }>();
  if (!created) return <NewProcess create={(process) => setCreated({ ...process, id: crypto.randomUUID() })} />;
  const { id, key, name } = created;
  const drawing = { id, process: key, name, shared: false, revision: 0 };
  return <Workspace drawing={drawing} files={{ xml: newDiagram(key, name) }} />;
}

function OpenDrawing({ id }: { id: string }) {
  const found = useQuery(drawingQuery(id));
  if (found.error) return <ErrorNotice error={found.error} retry={() => void found.refetch()} />;
  if (!found.data) return <Skeleton active />;
  const { files, ...drawing } = found.data;
  return <Workspace drawing={drawing} files={files} />;
}

/** One's own drawing of it goes on; else the newest version is opened. */
function OpenProcess({ process }: { process: string }) {
  const person = usePerson();
  const drawings = useQuery(drawingsQuery);
  const versions = useQuery(versionsQuery(process));
  const error = drawings.error ?? versions.error;
  if (error) return <ErrorNotice error={error} retry={() => void versions.refetch()} />;
  if (!drawings.data || !versions.data) return <Skeleton active />;
  const own = drawings.data.items.find((one) => one.process === process && one.owner === person.id);
  if (own) return <OpenDrawing id={own.id} />;
  const newest = versions.data.items.find((one) => one.newest) ?? versions.data.items[0];
  return newest ? <OpenVersion process={process} version={newest.version} /> : <Begin />;
}

function OpenVersion({ process, version }: { process: string; version: number }) {
  const files = useQuery(filesQuery(process, version));
  const [id] = useState(() => crypto.randomUUID());
  if (files.error) return <ErrorNotice error={files.error} retry={() => void files.refetch()} />;
  if (!files.data) return <Skeleton active />;
  const drawing = { id, process, name: process, shared: false, revision: 0, basedOn: version };
  return <Workspace drawing={drawing} files={files.data} />;
}
