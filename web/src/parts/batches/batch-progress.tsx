/** How far a batch is, by what became of its instances. */
import { Progress } from 'antd';
import { useWords } from '../../words/index.ts';
import type { Batch, Outcome } from './batch-queries.ts';

/** What needs a person first. */
const order: Outcome[] = [
  'stopped',
  'failed',
  'refused',
  'done',
  'possible',
  'underway',
  'already',
  'ended',
  'watched',
  'pending',
];

export const outcomesOf = ({ counts }: Batch): Outcome[] => order.filter((outcome) => counts[outcome] > 0);

export function BatchProgress({ batch }: { batch: Batch }) {
  const { t } = useWords();
  const { total, counts, finished } = batch;
  const settled = total - counts.pending - counts.watched;
  const percent = total === 0 ? 100 : Math.floor((settled / total) * 100);
  const isBad = counts.stopped + counts.failed + counts.refused > 0;
  return (
    <div className="batch-progress" aria-live="polite">
      <Progress
        percent={percent}
        size="small"
        status={finished ? (isBad ? 'exception' : 'success') : 'active'}
        aria-label={t('ops.batch.progress')}
      />
      {total === 0 ? (
        <span className="soft">{t('ops.batch.nothing')}</span>
      ) : (
        <ul className="outcomes">
          {outcomesOf(batch).map((outcome) => (
            <li key={outcome} className={`tag ${toneOf(outcome)}`}>
              {t(`ops.outcome.${outcome}`)} {counts[outcome]}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

export function toneOf(outcome: Outcome): string {
  if (outcome === 'stopped' || outcome === 'failed') return 'bad';
  if (outcome === 'refused' || outcome === 'underway') return 'warn';
  return outcome === 'done' || outcome === 'possible' ? 'completed' : '';
}
