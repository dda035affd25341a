/** Number of affected instances, buttons for the dry run and the change, and the report. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { type BatchFilter, type BatchKind, previewQuery } from '../../parts/batches/batch-queries.ts';
import { LatestBatch } from '../../parts/batches/latest-batch.tsx';
import { useWords } from '../../words/index.ts';
import type { How, Trial } from './use-trial.ts';

export interface TrialBarProps {
  kind: Extract<BatchKind, 'modify' | 'migrate'>;
  filter: BatchFilter;
  trial: Trial;
  /** Something is still to be chosen. */
  incomplete?: boolean;
}

export function TrialBar({ kind, filter, trial, incomplete = false }: TrialBarProps) {
  const { t } = useWords();
  const { data } = useQuery(previewQuery(kind, filter));
  const { latest, tried, running, run, close, shown } = trial;
  const buttonOf = (how: How) => ({
    loading: running === how,
    disabled: incomplete || (running !== undefined && running !== how) || (how === 'do' && !tried),
    onClick: () => run(how),
  });
  return (
    <>
      <div className="listbar">
        {data && <span className="strong">{t('bulk.meant', { n: data.instances })}</span>}
        {data && data.money.length > 0 && <span className="tag warn">{t('bulk.moneyTag')}</span>}
        <Button {...buttonOf('one')}>{t('ops.migrate.tryOne')}</Button>
        <Button {...buttonOf('all')}>{t('ops.migrate.tryAll')}</Button>
        <Button type="primary" {...buttonOf('do')}>
          {kind === 'migrate' ? t('ops.migrate.do') : t('bulk.move.do')}
        </Button>
        {!tried && <span className="soft">{t('ops.migrate.tryFirst')}</span>}
      </div>
      {latest && <LatestBatch id={latest} close={close} />}
      {shown}
    </>
  );
}
