/** Whether what is drawn is kept, in words; and what to do when somebody else has saved it. */
import { Button } from 'antd';
import { useErrorWords } from '../parts/error-notice.tsx';
import { useNames } from '../parts/people.ts';
import { instantInWords } from '../parts/time.ts';
import { useStudioWords } from './studio-words.tsx';
import type { SavedDrawing } from './use-saved-drawing.ts';

export function SavingStatus({ saving, saveAsOwn }: Pick<SavedDrawing, 'saving' | 'saveAsOwn'>) {
  const { t, language } = useStudioWords();
  const wordsOf = useErrorWords();
  const name = useNames([saving.state === 'conflict' ? saving.by : undefined]);
  switch (saving.state) {
    case 'unchanged':
      return null;
    case 'saving':
      return <span className="soft saving">{t('studio.saving')}</span>;
    case 'saved':
      return (
        <span className="soft saving" role="status">
          {t('studio.saved')}
        </span>
      );
    case 'failed':
      return (
        <span className="bad saving" role="alert">
          {t('studio.notSaved', { why: wordsOf(saving.error).title })}
        </span>
      );
    case 'conflict':
      return (
        <span className="bad saving" role="alert">
          {t('studio.conflict', { who: name(saving.by), time: instantInWords(saving.at, { language }) })}{' '}
          <Button size="small" onClick={saveAsOwn}>
            {t('studio.saveAsOwn')}
          </Button>{' '}
          <Button size="small" onClick={() => location.reload()}>
            {t('studio.openTheirs')}
          </Button>
        </span>
      );
  }
}
