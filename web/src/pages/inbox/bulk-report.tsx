/** How far an act on many tasks is, and what became of each. */
import { Alert, Button, Modal } from 'antd';
import { csvOf, download } from '../../parts/csv.ts';
import { useWords } from '../../words/index.ts';
import type { BulkRun, Outcome } from './bulk-acts.ts';

export function BulkReport({ run, stop, close }: { run: BulkRun; stop(): void; close(): void }) {
  const { t, named } = useWords();
  const { total, outcomes, ended, failure } = run;
  const refused = outcomes.filter((one) => one.refusal !== undefined);
  const done = outcomes.length - refused.length;
  const wordsOf = ({ refusal }: Outcome) => refusal ?? t('inbox.bulk.done');
  const save = () => {
    const head = [t('column.task'), t('column.case'), t('inbox.bulk.outcome')];
    const rows = outcomes.map((one) => [named(one.task), one.task.businessKey, wordsOf(one)]);
    download('report.csv', csvOf([head, ...rows]));
  };
  return (
    <Modal
      open
      title={t('inbox.bulk.title')}
      closable={ended}
      mask={{ closable: false }}
      keyboard={ended}
      onCancel={close}
      footer={
        ended ? (
          <>
            <Button onClick={save} disabled={outcomes.length === 0}>
              {t('common.export')}
            </Button>
            <Button type="primary" onClick={close}>
              {t('inbox.bulk.close')}
            </Button>
          </>
        ) : (
          <Button onClick={stop}>{t('inbox.bulk.stop')}</Button>
        )
      }
    >
      <progress
        className="far"
        aria-label={t('inbox.bulk.title')}
        max={total ?? 1}
        value={ended ? total : outcomes.length}
      />
      <p aria-live="polite">
        {t('inbox.bulk.progress', { at: outcomes.length, total: total ?? '…', done, refused: refused.length })}
      </p>
      {failure && <Alert type="error" showIcon title={failure} description={t('inbox.bulk.again')} />}
      <ul className="task-outcomes">
        {refused.map(({ task, refusal }) => (
          <li key={task.id}>
            <span className="strong">{named(task)}</span> {task.businessKey}
            <div className="soft">{refusal}</div>
          </li>
        ))}
      </ul>
    </Modal>
  );
}
