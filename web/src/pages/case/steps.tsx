/** Planned and skipped automatic steps of an instance, each with its reason. */
import type { Explanation } from '../../api/client.ts';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

export function Steps({ explanation, facility }: { explanation: Explanation | undefined; facility: string }) {
  const { t, language, pick } = useWords();
  const zone = useZone(facility);
  if (!explanation?.steps) return null;
  return (
    <section className="panel">
      <h2>{t('case.steps')}</h2>
      <ul className="plain">
        {explanation.steps.map((step) => (
          <li key={step.id}>
            <div className="row">
              <span className="strong">{pick(step.what)}</span>
              <span className="tag">{pick(step.state)}</span>
            </div>
            <time className="soft" dateTime={step.at}>
              {instantInWords(step.at, { language, zone })}
            </time>
            {step.why && <p className="soft">{pick(step.why)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
