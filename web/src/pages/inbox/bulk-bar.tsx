/** Acts on the tasks that are chosen, or on all that the filters find. */
import { Button, Checkbox } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { Task } from '../../api/client.ts';
import type { TaskFilters } from '../../api/queries.ts';
import { useWords } from '../../words/index.ts';
import type { BulkAct } from './bulk-acts.ts';

const AssignDialog = lazy(async () => ({ default: (await import('../case/assign-dialog.tsx')).AssignDialog }));
const CompleteDialog = lazy(async () => ({ default: (await import('./complete-dialog.tsx')).CompleteDialog }));

type Filters = Omit<TaskFilters, 'limit' | 'sort'>;

interface BulkBarProps {
  chosen: Task[];
  /** What the list finds; `complete` when all of it is shown. */
  all: { complete: boolean; tasks: Task[]; filters: Filters };
  perform(act: BulkAct, given: Task[] | Filters): void;
}

export function BulkBar({ chosen, all, perform }: BulkBarProps) {
  const { t } = useWords();
  const [everything, setEverything] = useState(false);
  const [assigning, setAssigning] = useState(false);
  const [completing, setCompleting] = useState(false);
  const [first] = chosen;
  if (!first) return null;
  const together = chosen.every(
    ({ bulkCompletion, process, element }) => bulkCompletion && process === first.process && element === first.element,
  );
  const offersAll = chosen.length === all.tasks.length && !all.complete;
  const given = offersAll && everything ? all.filters : chosen;
  return (
    <>
      <span className="soft">{t('common.selected', { n: chosen.length })}</span>
      {offersAll && (
        <Checkbox checked={everything} onChange={(event) => setEverything(event.target.checked)}>
          {t('inbox.bulk.all')}
        </Checkbox>
      )}
      <Button onClick={() => perform({ act: 'claim' }, given)}>{t('inbox.claimMany')}</Button>
      <Button onClick={() => perform({ act: 'unclaim' }, given)}>{t('inbox.unclaimMany')}</Button>
      <Button onClick={() => setAssigning(true)}>{t('inbox.assignMany')}</Button>
      {together && given === chosen && (
        <Button type="primary" onClick={() => setCompleting(true)}>
          {t('inbox.completeMany')}
        </Button>
      )}
      <Suspense>
        {assigning && (
          <AssignDialog
            task={first.id}
            busy={false}
            close={() => setAssigning(false)}
            confirm={(assignee) => {
              setAssigning(false);
              perform({ act: 'assign', assignee }, given);
            }}
          />
        )}
        {completing && (
          <CompleteDialog
            tasks={chosen}
            close={() => setCompleting(false)}
            confirm={(variables) => {
              setCompleting(false);
              perform({ act: 'complete', variables }, chosen);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
