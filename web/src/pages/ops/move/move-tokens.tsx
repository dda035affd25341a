/** From where and to where: the first click in the diagram takes an element where something waits, the second where it goes. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { api, bodyOf } from '../../../api/client.ts';
import type { Marks, Note } from '../../../bpmn/diagram.tsx';
import { drawnElements } from '../../../bpmn/element-names.ts';
import { type BatchFilter, previewQuery } from '../../../parts/batches/batch-queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Labelled } from '../../../parts/labelled.tsx';
import { useWords } from '../../../words/index.ts';
import { elementLabel } from '../element-label.ts';
import { TrialBar } from '../trial-bar.tsx';
import { useTrial } from '../use-trial.ts';

const Diagram = lazy(async () => ({ default: (await import('../../../bpmn/diagram.tsx')).Diagram }));

export interface MoveTokensProps {
  process: string;
  version: number;
  filter: BatchFilter;
  xml: string;
}

export function MoveTokens({ process, version, filter, xml }: MoveTokensProps) {
  const { t, language } = useWords();
  const elements = useMemo(() => drawnElements(xml), [xml]);
  const meant = { ...filter, process, version };
  const { data: preview } = useQuery(previewQuery('modify', meant));
  const waiting = useMemo(
    () => new Map((preview?.elements ?? []).map(({ element, instances }) => [element, instances])),
    [preview],
  );
  const [from, setFrom] = useState(filter.element ?? '');
  const [to, setTo] = useState('');
  const trial = useTrial({
    act: 'POST /api/modifications',
    change: { process, version, filter },
    body: (chosen, dryRun) => ({
      process,
      version,
      instructions: [{ type: 'move' as const, from, to }],
      filter: chosen,
      dryRun,
    }),
    send: (body, key) =>
      bodyOf(api.POST('/api/modifications', { params: { header: { 'Idempotency-Key': key } }, body })),
  });
  const marks: Marks = useMemo(() => ({ active: from ? [from] : [], incidents: [], done: to ? [to] : [] }), [from, to]);
  const notes = useMemo(
    (): Note[] => [...waiting].map(([element, n]) => ({ element, text: String(n), kind: 'due' })),
    [waiting],
  );
  const click = (element: string | undefined) => {
    if (element === undefined || !elements.some(({ id }) => id === element)) return;
    if (waiting.has(element) && (from === '' || to !== '')) {
      setFrom(element);
      setTo('');
    } else if (element !== from) setTo(element);
  };
  const none = { value: '', label: t('ops.migrate.undecided') };
  return (
    <>
      <p className="soft">{t('bulk.move.how')}</p>
      <div className="filters">
        <Labelled label={t('bulk.move.from')}>
          <Choice
            className="filter-wide"
            label={t('bulk.move.from')}
            value={from}
            onChange={(id) => {
              setFrom(id);
              if (id === to) setTo('');
            }}
            options={[
              none,
              ...elements
                .filter(({ id }) => waiting.has(id) || id === from)
                .map((one) => ({
                  value: one.id,
                  label: `${elementLabel(one, language)} · ${waiting.get(one.id) ?? 0}`,
                })),
            ]}
          />
        </Labelled>
        <Labelled label={t('bulk.move.to')}>
          <Choice
            className="filter-wide"
            label={t('bulk.move.to')}
            value={to}
            onChange={setTo}
            options={[
              none,
              ...elements
                .filter(({ id }) => id !== from)
                .map((one) => ({ value: one.id, label: elementLabel(one, language) })),
            ]}
          />
        </Labelled>
      </div>
      <section className="panel tall heat">
        <Suspense fallback={<Skeleton active />}>
          <Diagram xml={xml} marks={marks} notes={notes} selected={to || from || undefined} onSelect={click} />
        </Suspense>
      </section>
      <TrialBar kind="modify" filter={meant} trial={trial} incomplete={from === '' || to === ''} />
    </>
  );
}
