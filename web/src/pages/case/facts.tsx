/** Facts for a decision: columns that no list shows, and free texts. */
import { useQuery } from '@tanstack/react-query';
import type { OneInstance } from '../../api/client.ts';
import { factsQuery } from '../../api/queries.ts';
import { useWords } from '../../words/index.ts';
import { Summary } from './summary.tsx';

export function Facts({ instance }: { instance: OneInstance }) {
  const { t, pick } = useWords();
  const { data } = useQuery(factsQuery(instance.id, instance.updatedAt));
  if (!data || data.facts.length + data.texts.length === 0) return null;
  return (
    <section className="panel facts">
      <h2>{t('case.facts')}</h2>
      <Summary columns={data.facts} facility={instance.facility} />
      {data.texts.length > 0 && (
        <dl className="told">
          {data.texts.map((one) => (
            <div key={one.id}>
              <dt>{pick(one.name)}</dt>
              <dd>{one.value}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
