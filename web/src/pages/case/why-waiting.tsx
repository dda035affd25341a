/** Why the instance waits: each wait in words, since when, until when, and why its date is what it is. */
import type { Explanation } from '../../api/client.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

export function WhyWaiting({ explanation, facility }: { explanation: Explanation; facility: string }) {
  const { t, language, pick } = useWords();
  const zone = useZone(facility);
  const at = (instant: string) => instantInWords(instant, { language, zone });
  if (explanation.waits.length === 0) return null;
  return (
    <details className="why">
      <summary>{t('case.why')}</summary>
      <ul className="plain">
        {explanation.waits.map((wait) => (
          <li key={wait.key}>
            {!pick(wait.what).includes(wait.elementName) && <span className="strong">{wait.elementName} </span>}
            {pick(wait.what)}
            <div className="soft">
              {t('case.since', { time: at(wait.since) })}
              {wait.until !== undefined && ` · ${t('case.until', { time: at(wait.until) })}`}
            </div>
            {wait.problem && <div className="bad">{pick(wait.problem)}</div>}
            {wait.notice && <div className="soft">{pick(wait.notice)}</div>}
          </li>
        ))}
      </ul>
    </details>
  );
}
