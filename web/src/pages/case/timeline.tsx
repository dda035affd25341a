/** What happened, in words, the newest first, by kind. Automatic steps are left to the elements of the diagram. */
import { useState } from 'react';
import type { JournalLine, OneInstance } from '../../api/client.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import type { TimelineLine } from './timeline-line.ts';
import { useWithdrawals } from './use-withdrawals.ts';

type Topic = TimelineLine['topic'];

/** In the order of the buttons. */
const topics = ['act', 'decision', 'message', 'deadline', 'incident', 'change'] as const satisfies Topic[];

interface TimelineProps {
  lines: JournalLine[];
  instance: OneInstance;
  error: unknown;
}

export function Timeline({ lines, instance, error }: TimelineProps) {
  const { t, language } = useWords();
  const zone = useZone(instance.facility);
  const [topic, setTopic] = useState<Topic>();
  const withdrawals = useWithdrawals(instance);
  const steps = lines
    .filter((line) => line.forPeople)
    .map((line) => ({
      key: String(line.n),
      at: line.at,
      topic: line.topic,
      words: line[language],
      isBad: line.kind === 'incident-raised' || line.kind === 'limit-breached',
    }));
  const told: TimelineLine[] = [...steps.reverse(), ...withdrawals].sort((a, b) => b.at.localeCompare(a.at));
  const shown = topic === undefined ? told : told.filter((line) => line.topic === topic);
  const there = topics.filter((one) => told.some((line) => line.topic === one));
  return (
    <section className="panel timeline">
      <h2>{t('case.timeline')}</h2>
      {there.length > 1 && (
        <fieldset className="topics">
          <legend className="unseen">{t('case.topics')}</legend>
          {[undefined, ...there].map((one) => (
            <button key={one ?? 'all'} type="button" aria-pressed={topic === one} onClick={() => setTopic(one)}>
              {one === undefined ? t('common.all') : t(`case.topic.${one}`)}
            </button>
          ))}
        </fieldset>
      )}
      {error != null && <ErrorNotice error={error} />}
      {shown.length === 0 && error == null ? (
        <Empty title={t('case.timelineEmpty')} />
      ) : (
        <ol className="plain">
          {shown.map((line) => (
            <li key={line.key} className={line.isBad ? 'bad' : undefined}>
              <time dateTime={line.at}>{instantInWords(line.at, { language, zone })}</time>
              <span>{line.words}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
