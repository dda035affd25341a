/** What happened, in words, the newest first. Automatic steps are left to the operators' journal. */
import type { JournalLine } from '../../api/client.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

export function Timeline({ lines, facility, error }: { lines: JournalLine[]; facility: string; error: unknown }) {
  const { t, language } = useWords();
  const zone = useZone(facility);
  const shown = lines.filter((line) => line.forPeople).reverse();
  return (
    <section className="panel timeline">
      <h2>{t('case.timeline')}</h2>
      {error != null && <ErrorNotice error={error} />}
      {shown.length === 0 && error == null ? (
        <Empty title={t('case.timelineEmpty')} />
      ) : (
        <ol className="plain">
          {shown.map((line) => (
            <li
              key={line.n}
              className={line.kind.startsWith('incident') || line.kind === 'limit-breached' ? 'bad' : undefined}
            >
              <time dateTime={line.at}>{instantInWords(line.at, { language, zone })}</time>
              <span>{line[language]}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
