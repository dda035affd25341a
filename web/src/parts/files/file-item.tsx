/** One file: a small picture or its kind, its name to open it by, and what else is known of it. */
import type { ReactNode } from 'react';
import { useWords } from '../../words/index.ts';
import { Icon, iconOf } from './icons.tsx';
import { contentPath, type FileInfo } from './upload.ts';

export interface FileItemProps {
  file: FileInfo;
  /** Beside the size: who and when. */
  note?: ReactNode;
  act?: ReactNode;
}

export function FileItem({ file, note, act }: FileItemProps) {
  const { t } = useWords();
  const isSound = file.type.startsWith('audio/');
  return (
    <li className="file" data-file={file.id}>
      <FileMark file={file} />
      <div className="file-words">
        {file.withdrawn ? (
          <span className="soft">{t('files.withdrawn')}</span>
        ) : file.gone ? (
          <span>{file.name}</span>
        ) : (
          <a
            href={contentPath(file.id, !file.inline)}
            {...(file.inline ? { target: '_blank', rel: 'noopener' } : { download: file.name })}
          >
            {file.name}
          </a>
        )}
        <span className="soft">
          {sizeInWords(file.size)}
          {file.gone && !file.withdrawn && ` · ${t('files.gone')}`}
          {note && <> · {note}</>}
        </span>
        {isSound && !file.gone && (
          // biome-ignore lint/a11y/useMediaCaption: a recording of a call has none.
          <audio controls preload="none" src={contentPath(file.id)} aria-label={file.name} />
        )}
      </div>
      {act}
    </li>
  );
}

function FileMark({ file }: { file: FileInfo }) {
  if (file.type.startsWith('image/') && file.inline && !file.gone)
    return (
      <span className="file-mark">
        <img src={contentPath(file.id)} alt="" loading="lazy" />
      </span>
    );
  return (
    <span className="file-mark" aria-hidden>
      <Icon name={iconOf(file.type)} />
    </span>
  );
}

/** As the system of the reader counts: 1 MB is 1,048,576 bytes. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1_048_576).toFixed(1)} MB`;
}
