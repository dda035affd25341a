/** What a deployment means for the instances of a process that run on other versions. */
import type { components } from '../../../generated/api.d.ts';
import { useWords } from '../../words/index.ts';

type Impact = components['schemas']['DeploymentImpact']['definitions'][number];

export function ImpactView({ impact }: { impact: Impact }) {
  const { t, pick } = useWords();
  const { name, running, tried, possible, waits } = impact;
  return (
    <section className="impact">
      <h3>{name}</h3>
      {running === 0 ? (
        <p>{t('publish.impact.none')}</p>
      ) : (
        <>
          <p>{t('publish.impact.running', { n: running })}</p>
          <p>{t('publish.impact.tried', { tried, possible })}</p>
          <ul>
            {waits.map((wait) => (
              <li key={`${wait.version} ${wait.element} ${wait.outcome} ${wait.to}`}>
                {t('publish.impact.wait', { n: wait.instances, version: wait.version })} {pick(wait.words)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
