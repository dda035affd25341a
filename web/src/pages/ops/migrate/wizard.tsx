/** Mapping, options, dry run and migration of the instances of one version. */
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { api, bodyOf } from '../../../api/client.ts';
import type { Marks } from '../../../bpmn/diagram.tsx';
import { drawnElements } from '../../../bpmn/element-names.ts';
import { type BatchFilter, previewQuery } from '../../../parts/batches/batch-queries.ts';
import { useWords } from '../../../words/index.ts';
import { TrialBar } from '../trial-bar.tsx';
import { useTrial } from '../use-trial.ts';
import { MappingTable } from './mapping-table.tsx';
import { type Mapping, proposeMapping } from './propose-mapping.ts';

const Diagram = lazy(async () => ({ default: (await import('../../../bpmn/diagram.tsx')).Diagram }));

export interface WizardProps {
  process: string;
  from: number;
  to: number;
  /** Which instances of the old version. */
  filter: BatchFilter;
  /** Both diagrams. */
  before: string;
  after: string;
}

export function Wizard({ process, from, to, filter, before, after }: WizardProps) {
  const { t } = useWords();
  const old = useMemo(() => drawnElements(before), [before]);
  const fresh = useMemo(() => drawnElements(after), [after]);
  const proposed = useMemo(() => proposeMapping(old, fresh), [old, fresh]);
  const [mapping, setMapping] = useState<Mapping>(proposed);
  const [selected, setSelected] = useState<string>();
  const [reevaluate, setReevaluate] = useState(false);
  const meant = { ...filter, process, version: from };
  const { data: preview } = useQuery(previewQuery('migrate', meant));
  const active = useMemo(
    () => new Map((preview?.elements ?? []).map(({ element, instances }) => [element, instances])),
    [preview],
  );
  const change = (element: string, target: string | null | undefined) =>
    setMapping(({ [element]: _, ...others }) => (target === undefined ? others : { ...others, [element]: target }));
  const marks = useMemo(() => marksOf(old, fresh, mapping, active), [old, fresh, mapping, active]);
  const trial = useTrial({
    act: 'POST /api/migrations',
    change: { process, version: from, filter },
    body: (chosen, dryRun) => ({
      process,
      fromVersion: from,
      toVersion: to,
      mapping,
      ...(reevaluate && { timers: 'reevaluate' as const, messages: 'reevaluate' as const }),
      filter: chosen,
      dryRun,
    }),
    send: (body, key) => bodyOf(api.POST('/api/migrations', { params: { header: { 'Idempotency-Key': key } }, body })),
  });
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
      <TrialBar kind="migrate" filter={meant} trial={trial} />
    </>
  );
}

/** Elements that are gone and not mapped are highlighted. */
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
