/** The diagram of a version. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import type { Definition } from '../../api/client.ts';
import { diagramQuery } from '../../api/queries.ts';
import type { Marks } from '../../bpmn/diagram.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';

const Diagram = lazy(async () => ({ default: (await import('../../bpmn/diagram.tsx')).Diagram }));
const noMarks: Marks = { active: [], incidents: [], done: [] };

export function Picture({ definition }: { definition: Definition }) {
  const { t, named } = useWords();
  const diagram = useQuery(diagramQuery(definition.key, definition.version));
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
