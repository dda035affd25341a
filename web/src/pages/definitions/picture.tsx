/** The diagram of a version. */
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { Definition } from '../../api/client.ts';
import type { Marks } from '../../bpmn/diagram.tsx';
import { useDiagram } from '../../bpmn/use-diagram.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';

const Diagram = lazy(async () => ({ default: (await import('../../bpmn/diagram.tsx')).Diagram }));
const noMarks: Marks = { active: [], incidents: [], done: [] };

export function Picture({ definition }: { definition: Definition }) {
  const { t, named } = useWords();
  const diagram = useDiagram(definition.key, definition.version);
  return (
    <section className="panel tall">
      <h2>
        {named(definition)} · {t('definitions.version', { n: definition.version })}
      </h2>
      {diagram.error && <ErrorNotice error={diagram.error} />}
      <Suspense fallback={<Skeleton active />}>
        {diagram.data && <Diagram xml={diagram.data} marks={noMarks} />}
      </Suspense>
    </section>
  );
}
