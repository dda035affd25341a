/** When what is filled in was saved, or that it is in this browser only. */
import { useWords } from '../words/index.ts';
import type { DraftState } from './drafts.ts';
import { instantInWords } from './time.ts';

export function DraftNotice({ state, zone }: { state: DraftState; zone: string | undefined }) {
  const { t, language } = useWords();
  return (
    <span className="soft draft" role="status">
      {state === undefined
        ? ''
        : state === 'here'
          ? t('draft.here')
          : t('draft.saved', { time: instantInWords(state.at, { language, zone }) })}
    </span>
  );
}
