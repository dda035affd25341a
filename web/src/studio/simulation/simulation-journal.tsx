/** What has happened in a simulated run, in words, the latest first. */
import type { Plan } from '../../../../engine/model/plan.ts';
import type { JournalKind } from '../../../../engine/model/types.ts';
import { instantInWords } from '../../parts/time.ts';
import { useStudioWords } from '../studio-words.tsx';
import type { SimulatedRun } from './simulator.ts';

/** Flows and what is only bookkeeping can be seen in the diagram. */
const told = [
  'instance-started',
  'instance-ended',
  'element-activated',
  'element-completed',
  'element-cancelled',
  'event-fired',
  'task-completed',
  'limit-breached',
  'limit-met',
  'incident-raised',
  'incident-resolved',
  'incident-skipped',
  'variables-set',
  'decision-made',
  'message-buffered',
] as const satisfies readonly JournalKind[];
type Told = (typeof told)[number];

const isTold = (kind: JournalKind): kind is Told => (told as readonly JournalKind[]).includes(kind);

export function SimulationJournal({ plan, run }: { plan: Plan; run: SimulatedRun }) {
  const { t, language } = useStudioWords();
  const { zone } = run.state.calendar;
  const lines = run.journal.flatMap(({ n, at, kind, element }) => (isTold(kind) ? [{ n, at, kind, element }] : []));
  const time = (at: string) => (
    <time dateTime={at} className="soft">
      {instantInWords(at, { language, zone })}
    </time>
  );
  return (
    <section className="simulation-journal" aria-label={t('studio.simulation.journal')}>
      <h2>{t('studio.simulation.journal')}</h2>
      <ol className="plain">
        {run.sent.map(({ at, kind, name }, index) => (
          // Nothing else tells them apart, and they stay in their order.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            {time(at)} {t(`studio.sent.${kind}`, { name })}
          </li>
        ))}
        {lines.reverse().map(({ n, at, kind, element }) => (
          <li key={n}>
            {time(at)}{' '}
            {t(`studio.journal.${kind}`, {
              name: (element === undefined ? undefined : plan.elements[element]?.name) ?? element ?? '',
            })}
          </li>
        ))}
      </ol>
    </section>
  );
}
