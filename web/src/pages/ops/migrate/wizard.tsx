/** Mapping, options, dry run and migration of the instances of one version. What was not tried as it is set now is not done. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Checkbox, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { api, bodyOf, newIdempotencyKey } from '../../../api/client.ts';
import type { Marks } from '../../../bpmn/diagram.tsx';
import { drawnElements } from '../../../bpmn/element-names.ts';
import { batchQuery } from '../../../parts/batches/batch-queries.ts';
import { LatestBatch } from '../../../parts/batches/latest-batch.tsx';
import { useBatchFacility } from '../../../parts/batches/operated-facility.ts';
import { useErrorWords } from '../../../parts/error-notice.tsx';
import { useWords } from '../../../words/index.ts';
import { statisticsQuery } from '../statistics-query.ts';
import { MappingTable } from './mapping-table.tsx';
import { type Mapping, proposeMapping } from './propose-mapping.ts';

const Diagram = lazy(async () => ({ default: (await import('../../../bpmn/diagram.tsx')).Diagram }));

export interface WizardProps {
  process: string;
  from: number;
  to: number;
  facility: string | undefined;
  /** Both diagrams. */
  before: string;
  after: string;
}

export function Wizard({ process, from, to, facility: asked, before, after }: WizardProps) {
  const { t } = useWords();
  const facility = useBatchFacility(asked);
  const [search] = useSearchParams();
  const ids = search.getAll('id');
  const old = useMemo(() => drawnElements(before), [before]);
  const fresh = useMemo(() => drawnElements(after), [after]);
  const proposed = useMemo(() => proposeMapping(old, fresh), [old, fresh]);
  const [mapping, setMapping] = useState<Mapping>(proposed);
  const [selected, setSelected] = useState<string>();
  const [reevaluate, setReevaluate] = useState(false);
  const statistics = useQuery(statisticsQuery(process, { version: from, ...(facility && { facility }) }));
  const active = useMemo(
    () => new Map((statistics.data?.items ?? []).map((one) => [one.element, one.active])),
    [statistics.data],
  );
  const change = (element: string, target: string | null | undefined) =>
    setMapping(({ [element]: _, ...others }) => (target === undefined ? others : { ...others, [element]: target }));
  const marks = useMemo(() => marksOf(old, fresh, mapping, active), [old, fresh, mapping, active]);
  const settings = {
    process,
    fromVersion: from,
    toVersion: to,
    mapping,
    ...(reevaluate && { timers: 'reevaluate' as const, messages: 'reevaluate' as const }),
    filter: { ...(facility && { facility }), ...(ids.length > 0 && { ids }) },
  };
  const wanted = JSON.stringify(settings);
  const { latest, tried, busy, run, close } = useMigrations(wanted, settings);
  return (
    <>
      <div className="side-by-side">
        <section className="panel tall">
          <h2>{t('ops.migrate.oldVersion', { n: from })}</h2>
          <Suspense fallback={<Skeleton active />}>
            <Diagram xml={before} marks={marks.old} notes={marks.counts} selected={selected} onSelect={setSelected} />
          </Suspense>
        </section>
        <section className="panel tall">
          <h2>{t('ops.migrate.newVersion', { n: to })}</h2>
          <Suspense fallback={<Skeleton active />}>
            <Diagram
              xml={after}
              marks={marks.fresh}
              selected={selected === undefined ? undefined : (mapping[selected] ?? selected)}
              onSelect={(element) => {
                if (selected !== undefined && element !== undefined) change(selected, element);
              }}
            />
          </Suspense>
        </section>
      </div>
      <p className="soft">{t('ops.migrate.how')}</p>
      <MappingTable {...{ from: old, to: fresh, active, mapping, proposed, selected, change }} select={setSelected} />
      <div className="listbar">
        <Checkbox checked={reevaluate} onChange={(event) => setReevaluate(event.target.checked)}>
          {t('ops.migrate.reevaluate')}
        </Checkbox>
      </div>
      <div className="listbar">
        <Button loading={busy} onClick={() => run('one')}>
          {t('ops.migrate.tryOne')}
        </Button>
        <Button loading={busy} onClick={() => run('all')}>
          {t('ops.migrate.tryAll')}
        </Button>
        <Button type="primary" loading={busy} disabled={!tried} onClick={() => run('do')}>
          {t('ops.migrate.do')}
        </Button>
        {!tried && <span className="soft">{t('ops.migrate.tryFirst')}</span>}
        {ids.length > 0 && <span className="soft">{t('ops.batch.chosen', { n: ids.length })}</span>}
      </div>
      {latest && <LatestBatch id={latest} close={close} />}
    </>
  );
}

interface Settings {
  process: string;
  fromVersion: number;
  toVersion: number;
  mapping: Mapping;
  filter: { facility?: string; ids?: string[] };
}

/** @param wanted what is set now: another setting has not been tried */
function useMigrations(wanted: string, settings: Settings) {
  const { t } = useWords();
  const client = useQueryClient();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const [latest, setLatest] = useState<string>();
  const [triedAs, setTriedAs] = useState<string>();
  const migrate = useMutation({
    mutationFn: async (how: 'one' | 'all' | 'do') => {
      const filter = how === 'one' ? { ...settings.filter, ids: [await firstInstance(settings)] } : settings.filter;
      const body = { ...settings, filter, dryRun: how !== 'do' };
      const header = { 'Idempotency-Key': newIdempotencyKey() };
      return bodyOf(api.POST('/api/migrations', { params: { header }, body }));
    },
    onSuccess: (batch) => {
      client.setQueryData(batchQuery(batch.id).queryKey, batch);
      setLatest(batch.id);
      if (batch.dryRun) setTriedAs(wanted);
      else void client.invalidateQueries({ queryKey: ['statistics'] });
    },
    onError: (error) =>
      void message.error(error instanceof NothingRuns ? t('ops.batch.nothing') : wordsOf(error).title, 8),
  });
  return {
    latest,
    tried: triedAs === wanted,
    busy: migrate.isPending,
    run: (how: 'one' | 'all' | 'do') => migrate.mutate(how),
    close: () => setLatest(undefined),
  };
}

class NothingRuns extends Error {}

async function firstInstance({ process, fromVersion, filter: { facility, ids } }: Settings): Promise<string> {
  const query = { process, version: fromVersion, status: 'active' as const, limit: 1, ...(facility && { facility }) };
  const first = ids?.[0] ?? (await bodyOf(api.GET('/api/instances', { params: { query } }))).items[0]?.id;
  if (first === undefined) throw new NothingRuns();
  return first;
}

/** What is gone and not decided stands out; what stays or has a place is calm. */
function marksOf(
  old: { id: string }[],
  fresh: { id: string }[],
  mapping: Mapping,
  active: ReadonlyMap<string, number>,
): { old: Marks; fresh: Marks; counts: { element: string; text: string; kind: 'due' }[] } {
  const kept = new Set(fresh.map(({ id }) => id));
  const known = new Set(old.map(({ id }) => id));
  const undecided = old.filter(({ id }) => !kept.has(id) && mapping[id] === undefined).map(({ id }) => id);
  const moved = Object.entries(mapping).flatMap(([id, target]) => (target === id ? [] : [id]));
  const reached = Object.values(mapping).flatMap((id) => id ?? []);
  const added = fresh.map(({ id }) => id).filter((id) => !known.has(id) && !reached.includes(id));
  return {
    old: { active: moved, incidents: undecided, done: [] },
    fresh: { active: reached, incidents: [], done: added },
    counts: [...active].flatMap(([element, n]) => (n > 0 ? [{ element, text: String(n), kind: 'due' as const }] : [])),
  };
}
