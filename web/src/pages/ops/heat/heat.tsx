/** Heat map of a process: active instances, incidents, durations or missed deadlines by element. */
import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useParams } from 'react-router';
import type { Marks, Note } from '../../../bpmn/diagram.tsx';
import { elementNames } from '../../../bpmn/element-names.ts';
import { useDiagram } from '../../../bpmn/use-diagram.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { spanInWords } from '../../../parts/span.ts';
import { useWords } from '../../../words/index.ts';
import { ChooseVersion, useChosenVersion } from '../choose-version.tsx';
import { statisticsQuery } from '../statistics-query.ts';
import { ElementTable } from './element-table.tsx';
import { HeatFilters, usePeriod } from './heat-filters.tsx';
import { type ElementNumbers, heatOf, type Measure, measures, valueAt } from './heat-scale.ts';

const Diagram = lazy(async () => ({ default: (await import('../../../bpmn/diagram.tsx')).Diagram }));
const noMarks: Marks = { active: [], incidents: [], done: [] };
export function Heat() {
  const { t } = useWords();
  const { key } = useParams();
  const chosen = useChosenVersion(key);
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.heat')}</h1>
      </div>
      <div className="filters">
        <ChooseVersion path="/ops/heat" chosen={chosen} allVersions />
        <HeatFilters />
      </div>
      {chosen && <HeatOf key={`${chosen.key} ${chosen.version}`} process={chosen.key} newest={chosen.newest} />}
    </>
  );
}

function HeatOf({ process, newest }: { process: string; newest: number }) {
  const { t } = useWords();
  const [facility] = useParameter('facility');
  const [version] = useParameter('version');
  const [measure = 'active', setMeasure] = useParameter('measure');
  const from = usePeriod();
  const [selected, setSelected] = useState<string>();
  const only = version === undefined ? undefined : Number(version);
  const statistics = useQuery(
    statisticsQuery(process, {
      ...(only !== undefined && { version: only }),
      ...(facility && { facility }),
      ...(from && { from }),
    }),
  );
  const diagram = useDiagram(process, only ?? newest);
  const names = useMemo(() => (diagram.data === undefined ? new Map() : elementNames(diagram.data)), [diagram.data]);
  // The process as a whole is no element of the diagram.
  const items = useMemo(
    () => (statistics.data?.items ?? []).filter((one) => names.has(one.element)),
    [statistics.data, names],
  );
  const by = measures.find((one) => one === measure) ?? 'active';
  const heat = useMemo(() => heatOf(items, by), [items, by]);
  const notes = useMemo(() => notesOf(items, by, (ms) => spanInWords(ms, t)), [items, by, t]);
  return (
    <>
      <div className="filters">
        <Segmented
          aria-label={t('ops.heat.by')}
          value={by}
          onChange={setMeasure}
          options={measures.map((value) => ({ value, label: t(`ops.heat.${value}`) }))}
        />
        <ol className="legend" aria-label={t('ops.heat.legend')}>
          <li>{t('ops.heat.little')}</li>
          {[1, 2, 3, 4, 5].map((level) => (
            <li key={level} className={`swatch warm-${level}`} />
          ))}
          <li>{t('ops.heat.much')}</li>
        </ol>
      </div>
      {statistics.error && <ErrorNotice error={statistics.error} retry={() => void statistics.refetch()} />}
      {diagram.error && <ErrorNotice error={diagram.error} />}
      <section className="panel tall heat">
        <Suspense fallback={<Skeleton active />}>
          {diagram.data && (
            <Diagram
              xml={diagram.data}
              marks={noMarks}
              heat={heat}
              notes={notes}
              selected={selected}
              onSelect={setSelected}
            />
          )}
        </Suspense>
      </section>
      {statistics.data && (
        <ElementTable
          {...{ items, names, selected, process, version: only, facility }}
          by={by}
          clear={() => setSelected(undefined)}
        />
      )}
    </>
  );
}

/** The number at each element; incidents are marked whatever the colours stand for. */
function notesOf(items: ElementNumbers[], by: Measure, span: (ms: number) => string): Note[] {
  return items.flatMap((one): Note[] => {
    const value = valueAt(one, by);
    const text = by === 'median' ? span(value) : String(value);
    return [
      ...(value > 0 && by !== 'incidents' ? [{ element: one.element, text, kind: 'due' as const }] : []),
      ...(one.incidents > 0 ? [{ element: one.element, text: `! ${one.incidents}`, kind: 'stuck' as const }] : []),
    ];
  });
}
