/** An upload under way or failed, with its progress and what can be done about it. */
import { Button, Progress } from 'antd';
import { useWords } from '../../words/index.ts';
import { useErrorWords } from '../error-notice.tsx';
import { sizeInWords } from './file-item.tsx';
import { Icon, iconOf } from './icons.tsx';
import type { RunningUpload, Uploads } from './use-uploads.ts';

export function RunningItem({ one, uploads }: { one: RunningUpload; uploads: Uploads }) {
  const { t } = useWords();
  const wordsOf = useErrorWords();
  const { key, file, part, error } = one;
  return (
    <li className="file" data-upload={error === undefined ? 'running' : 'failed'}>
      <span className="file-mark" aria-hidden>
        <Icon name={iconOf(file.type)} />
      </span>
      <div className="file-words">
        <span>{file.name}</span>
        {error === undefined ? (
          <Progress
            percent={Math.round(part * 100)}
            size="small"
            showInfo={false}
            aria-label={t('files.progress', { name: file.name })}
          />
        ) : (
          <span className="file-error" role="alert">
            {wordsOf(error).title}
          </span>
        )}
        <span className="soft">{sizeInWords(file.size)}</span>
      </div>
      {error !== undefined && (
        <Button size="small" onClick={() => uploads.retry(key)}>
          {t('common.retry')}
        </Button>
      )}
      <Button
        size="small"
        type="text"
        onClick={() => uploads.drop(key)}
        aria-label={t('files.drop', { name: file.name })}
      >
        {error === undefined ? t('common.cancel') : t('common.remove')}
      </Button>
    </li>
  );
}
