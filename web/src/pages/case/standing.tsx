/** Where an instance stands: what it waits for, since when, until when and why; and what happens by itself meanwhile. */
import type { Explanation } from '../../api/client.ts';
import { TimeLeft } from '../../parts/due.tsx';
import { instantInWords } from '../../parts/time.ts';
import { WhyDate } from '../../parts/why-date.tsx';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

type Wait = Explanation['waits'][number];

export function Standing({ explanation, facility }: { explanation: Explanation; facility: string }) {
  const { pick } = useWords();
  const main = explanation.waits.filter((wait) => wait.guards === undefined);
  return (
    <>
      <p className="where">{pick(explanation.summary)}</p>
      <ul className="standing">
        {main.map((wait) => (
          <li key={wait.key}>
            <OneWait
              wait={wait}
              facility={facility}
              guards={explanation.waits.filter((one) => one.guards === wait.key)}
              alone={main.length === 1}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface OneWaitProps {
  wait: Wait;
  facility: string;
  /** Events that end or accompany it by themselves. */
  guards: Wait[];
  /** The only one: the sentence above says what it waits for. */
  alone: boolean;
}

function OneWait({ wait, facility, guards, alone }: OneWaitProps) {
  const { t, language, pick } = useWords();
  const zone = useZone(facility);
  const at = (instant: string) => instantInWords(instant, { language, zone });
  return (
    <>
      {!alone && <p className="strong">{pick(wait.what)}</p>}
      <p className="soft">
        {t('case.since', { time: at(wait.since) })}
        {wait.until !== undefined && (
          <>
            {` · ${t('case.until', { time: at(wait.until) })} · `}
            <TimeLeft since={wait.since} dueAt={wait.until} />
          </>
        )}
      </p>
      {wait.problem && <p className="bad">{pick(wait.problem)}</p>}
      {wait.notice && <p className="soft">{pick(wait.notice)}</p>}
      <div className="whys">
        <WhyDate why={wait.why} />
        <details className="why">
          <summary>{t('case.why')}</summary>
          <p>{pick(wait.what)}</p>
          {guards.length > 0 && (
            <>
              <p>{t('case.meanwhile')}</p>
              <ul>
                {guards.map((guard) => (
                  <li key={guard.key}>
                    {pick(guard.what)}
                    {guard.until !== undefined && <span className="soft"> · {at(guard.until)}</span>}
                    <WhyDate why={guard.why} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </details>
      </div>
    </>
  );
}
