/** Why a due date is what it is: the sentence, and each day that was counted or skipped. */
import type { Explanation } from '../api/client.ts';
import { useWords } from '../words/index.ts';
import { dayInWords } from './time.ts';

export type Why = NonNullable<Explanation['waits'][number]['why']>;

export function WhyDate({ why }: { why: Why | undefined }) {
  const { t, language, pick } = useWords();
  if (!why) return null;
  return (
    <details className="why">
      <summary>{t('why.date')}</summary>
      <p>{pick(why.sentences)}</p>
      {why.steps.length > 0 && (
        <ol className="days" aria-label={t('why.days')}>
          {[...why.steps]
            .sort((a, b) => a.date.localeCompare(b.date))
            .map((step) => (
              <li key={step.date} className={step.counted ? 'counted' : 'skipped'}>
                <span>{dayInWords(step.date, language)}</span>
                <b>{step.n ?? t('why.skipped')}</b>
                {!step.counted && language === 'zh' && <span>{step.reason}</span>}
              </li>
            ))}
        </ol>
      )}
    </details>
  );
}
