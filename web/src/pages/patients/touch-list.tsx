/** Touches with how they ended and why: planned, done, or not done. */
import type { Touch } from '../../api/patient-queries.ts';
import { instantInWords } from '../../parts/time.ts';
import { useWords } from '../../words/index.ts';

export function TouchList({ touches, zone }: { touches: Touch[]; zone?: string | undefined }) {
  const { t, pick, language } = useWords();
  return (
    <ul className="touch-list">
      {touches.map((touch) => (
        <li key={touch.id}>
          <span className="line">
            <span className="strong">{pick(touch.name)}</span>
            <span className={`tag ${touch.redFlag ? 'bad' : ''}`}>{pick(touch.stateName)}</span>
            {touch.score !== undefined && <span>{t('patients.score', { n: touch.score })}</span>}
            {touch.redFlag && <span className="bad">{t('patients.redFlag')}</span>}
          </span>
          <span className="soft">{instantInWords(touch.endedAt ?? touch.dueAt, { language, zone })}</span>
          {touch.why && <span className="soft">{pick(touch.why)}</span>}
        </li>
      ))}
    </ul>
  );
}
