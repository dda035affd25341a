/** The files of a form's field: those that are there, those under way, and where more are added. Its value is a list of ids. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { api } from '../../api/client.ts';
import { useWords } from '../../words/index.ts';
import { AddFiles } from './add-files.tsx';
import { FileItem } from './file-item.tsx';
import { fileQuery } from './file-queries.ts';
import { RunningItem } from './running-item.tsx';
import type { UploadPlace } from './upload.ts';
import { useUploads } from './use-uploads.ts';
import '../../styles/files.css';

export interface FileFieldProps {
  labelledBy: string;
  /** At first. */
  value: string[];
  /** Absent: the files are only shown. */
  place: UploadPlace | undefined;
  accept?: string | undefined;
  multiple: boolean;
  onChange(value: string[]): void;
  /** Whether uploads are under way or have failed: the form is not complete. */
  onBusy(busy: boolean): void;
}

export function FileField({ labelledBy, value, place, accept, multiple, onChange, onBusy }: FileFieldProps) {
  const client = useQueryClient();
  // Only this field changes them, and the next upload may finish before the form reports a change.
  const [ids, setIds] = useState(value);
  const latest = useRef(value);
  const change = (to: string[]) => {
    latest.current = to;
    setIds(to);
    onChange(to);
  };
  const uploads = useUploads(place ?? { task: '' }, (file) => {
    client.setQueryData(fileQuery(file.id).queryKey, file);
    change([...latest.current.filter((id) => id !== file.id), file.id]);
  });
  const busy = uploads.running.length > 0;
  const tell = useRef(onBusy);
  tell.current = onBusy;
  useEffect(() => {
    tell.current(busy);
  }, [busy]);
  const remove = (id: string) => {
    change(latest.current.filter((one) => one !== id));
    // One that stays is removed after a time.
    void api.DELETE('/api/files/{id}', { params: { path: { id } } }).catch(() => undefined);
  };
  const full = !multiple && ids.length + uploads.running.length > 0;
  return (
    <>
      {ids.length + uploads.running.length > 0 && (
        <ul className="files" aria-labelledby={labelledBy}>
          {ids.map((id) => (
            <FieldFile key={id} id={id} remove={place && (() => remove(id))} />
          ))}
          {uploads.running.map((one) => (
            <RunningItem key={one.key} one={one} uploads={uploads} />
          ))}
        </ul>
      )}
      {place && !full && <AddFiles add={uploads.add} {...{ accept, multiple, labelledBy }} />}
    </>
  );
}

function FieldFile({ id, remove }: { id: string; remove: (() => void) | undefined }) {
  const { t } = useWords();
  const { data, isPending } = useQuery(fileQuery(id));
  const name = data?.name ?? id;
  const act = remove && (
    <Button size="small" type="text" onClick={remove} aria-label={t('files.drop', { name })}>
      {t('common.remove')}
    </Button>
  );
  if (data) return <FileItem file={data} act={act} />;
  return (
    <li className="file">
      <div className="file-words soft">{isPending ? t('common.loading') : t('files.unknown')}</div>
      {act}
    </li>
  );
}
