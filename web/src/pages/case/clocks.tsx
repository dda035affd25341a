/** The deadlines of an instance: when each is due, and whether it was met. */
import type { Explanation, OneInstance } from '../../api/client.ts';
import { Due } from '../../parts/due.tsx';
import { instantInWords } from '../../parts/time.ts';
import { WhyDate } from '../../parts/why-date.tsx';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

type Clock = OneInstance['clocks'][number];

export function Clocks({ instance, explanation }: { instance: OneInstance; explanation: Explanation | undefined }) {
  const { t, language } = useWords();
  const explained = (clock: Clock) =>
    explanation?.clocks.find((one) => one.id === clock.id && one.startedAt === clock.startedAt);
  const nameOf = (clock: Clock): string => (language === 'en' && explained(clock)?.englishName) || clock.name;
  const zone = useZone(instance.facility);
  if (instance.clocks.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('case.clocks')}</h2>
      <ul className="plain">
        {instance.clocks.map((clock) => (
          <li key={clock.id}>
            <div className="row">
              <span className="strong">{nameOf(clock)}</span>
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
            <WhyDate why={explained(clock)?.why} />
          </li>
        ))}
      </ul>
    </section>
  );
}
