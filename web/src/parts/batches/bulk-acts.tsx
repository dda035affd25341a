/** Selecting instances of a list, or all that match its filter, and acting on them as a batch, with its report. */
import { App, Button, Checkbox } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useWords } from '../../words/index.ts';
import { useErrorWords } from '../error-notice.tsx';
import type { AskedAct } from './act-dialogs.tsx';
import { type ActsBody, type BatchFilter, useActOnMany } from './batch-queries.ts';
import { LatestBatch } from './latest-batch.tsx';
import { useBatchFacility } from './operated-facility.ts';
import { type Picked, usePicked } from './use-picked.ts';
import { useProposable } from './use-proposable.tsx';
import '../../styles/ops.css';

const ActDialog = lazy(async () => ({ default: (await import('./act-dialogs.tsx')).ActDialog }));
const VersionDialog = lazy(async () => ({ default: (await import('./version-dialog.tsx')).VersionDialog }));

/** What is asked before it is done, and for which instances. */
interface Asking {
  kind: AskedAct['kind'];
  filter: BatchFilter;
  count: number;
}

interface Place {
  id: string;
  facility: string;
}

export interface BulkActs {
  picked: Picked;
  busy: boolean;
  /** What the selection means, for acts on other pages. */
  chosen: BatchFilter;
  count: number;
  total: number;
  pageIds: string[];
  /** At once for those that were picked; all that match are counted first. */
  retryChosen(): void;
  askChosen(kind: AskedAct['kind']): void;
  /** To the page on which the chosen instances of one version are moved or migrated. */
  changeChosen(kind: 'modify' | 'migrate'): void;
  retryOne(instance: Place): void;
  askOne(kind: AskedAct['kind'], instance: Place): void;
  /** Dialog and report. */
  shown: ReactNode;
}

/** @param filter of the list @param total how many match it */
export function useBulkActs(filter: BatchFilter, items: Place[], total: number): BulkActs {
  const picked = usePicked(JSON.stringify(filter));
  const facility = useBatchFacility(filter.facility);
  const [latest, setLatest] = useState<string>();
  const [asking, setAsking] = useState<Asking>();
  const [changing, setChanging] = useState<'modify' | 'migrate'>();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const settle = () => {
    setAsking(undefined);
    picked.clear();
  };
  const proposable = useProposable(settle);
  const act = useActOnMany(
    (batch) => {
      setLatest(batch.id);
      settle();
    },
    (error, body) => {
      const reason = 'reason' in body ? body.reason : undefined;
      if (!proposable.proposes(error, { act: 'POST /api/batches', body }, reason))
        void message.error(wordsOf(error).title, 8);
    },
  );
  const run = (body: ActsBody) => act.mutate(body);
  const at = facility === undefined ? {} : { facility };
  const chosen: BatchFilter = picked.all ? { ...filter, ...at } : { ids: [...picked.ids], ...at };
  const count = picked.all ? total : picked.ids.size;
  const one = ({ id, facility: place }: Place): BatchFilter => ({ ids: [id], facility: place });
  return {
    picked,
    busy: act.isPending,
    chosen,
    count,
    total,
    pageIds: items.map(({ id }) => id),
    retryChosen: () =>
      picked.all ? setAsking({ kind: 'retry', filter: chosen, count }) : run({ kind: 'retry', filter: chosen }),
    changeChosen: setChanging,
    askChosen: (kind) => setAsking({ kind, filter: chosen, count }),
    retryOne: (instance) => run({ kind: 'retry', filter: one(instance) }),
    askOne: (kind, instance) => setAsking({ kind, filter: one(instance), count: 1 }),
    shown: (
      <>
        {latest && <LatestBatch id={latest} close={() => setLatest(undefined)} />}
        {asking && (
          <Suspense>
            <ActDialog
              kind={asking.kind}
              filter={asking.filter}
              count={asking.count}
              busy={act.isPending}
              close={() => setAsking(undefined)}
              confirm={(asked) => run({ ...asked, filter: asking.filter } as ActsBody)}
            />
          </Suspense>
        )}
        {proposable.shown}
        {changing && (
          <Suspense>
            <VersionDialog kind={changing} filter={chosen} close={() => setChanging(undefined)} />
          </Suspense>
        )}
      </>
    ),
  };
}

export function BulkBar({ bulk }: { bulk: BulkActs }) {
  const { t } = useWords();
  const { picked, pageIds, count, total } = bulk;
  const wholePage = pageIds.length > 0 && pageIds.every((id) => picked.all || picked.ids.has(id));
  if (pageIds.length === 0) return null;
  return (
    <div className="listbar">
      <Checkbox
        checked={wholePage}
        indeterminate={!wholePage && count > 0}
        onChange={(event) => (event.target.checked ? picked.pickPage(pageIds) : picked.clear())}
      >
        {t('ops.pickPage')}
      </Checkbox>
      {total > pageIds.length && !picked.all && (
        <Button onClick={picked.pickAll}>{t('ops.pickAll', { n: total })}</Button>
      )}
      {count > 0 && (
        <>
          <span className="strong" aria-live="polite">
            {t('common.selected', { n: count })}
          </span>
          <Button type="primary" loading={bulk.busy} onClick={bulk.retryChosen}>
            {t('ops.retry')}
          </Button>
          {(['variables', 'skip', 'cancel'] as const).map((kind) => (
            <Button key={kind} onClick={() => bulk.askChosen(kind)}>
              {t(`ops.kind.${kind}`)}
            </Button>
          ))}
          {(['modify', 'migrate'] as const).map((kind) => (
            <Button key={kind} onClick={() => bulk.changeChosen(kind)}>
              {t(`ops.kind.${kind}`)}
            </Button>
          ))}
        </>
      )}
    </div>
  );
}
