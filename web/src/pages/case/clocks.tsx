/** The promises of an instance: when each is due, and whether it was kept. */
import type { Instance } from '../../api/client.ts';
import { Due } from '../../parts/due.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

export function Clocks({ instance }: { instance: Instance }) {
  const { t, language } = useWords();
  const zone = useZone(instance.facility);
  if (instance.clocks.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('case.clocks')}</h2>
      <ul className="plain">
        {instance.clocks.map((clock) => (
          <li key={clock.id}>
            <div className="row">
              <span className="strong">{clock.name}</span>
              <span className={`tag ${clock.status}`}>{t(`case.clock.${clock.status}`)}</span>
            </div>
            {clock.status === 'running' ? (
              <Due since={clock.startedAt} dueAt={clock.dueAt} facility={instance.facility} />
            ) : (
              <time className="soft" dateTime={clock.dueAt}>
                {instantInWords(clock.endedAt ?? clock.breachedAt ?? clock.dueAt, { language, zone })}
              </time>
            )}
            {clock.provisional && <p className="soft">{t('case.provisional')}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
