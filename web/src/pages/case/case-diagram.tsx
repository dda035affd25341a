/** The diagram of the version an instance runs by: where it stands, the way it came, its dates; a chosen element tells its history. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, Suspense, useMemo, useState } from 'react';
import type { Explanation, JournalLine, OneInstance } from '../../api/client.ts';
import { diagramQuery } from '../../api/queries.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import { ElementHistory } from './element-history.tsx';
import { marksOf, notesOf } from './marks.ts';

const Diagram = lazy(async () => ({ default: (await import('../../bpmn/diagram.tsx')).Diagram }));

export interface CaseDiagramProps {
  instance: OneInstance;
  explanation: Explanation | undefined;
  lines: JournalLine[];
}

export function CaseDiagram({ instance, explanation, lines }: CaseDiagramProps) {
  const { t, language } = useWords();
  const zone = useZone(instance.facility);
  const { definition, englishNames } = instance;
  const diagram = useQuery(diagramQuery(definition.key, definition.version));
  const marks = useMemo(() => marksOf(instance, lines), [instance, lines]);
  const notes = useMemo(
    () => notesOf(instance, explanation, (instant) => instantInWords(instant, { language, zone })),
    [instance, explanation, language, zone],
  );
  const [element, setElement] = useState<string>();
  return (
    <section className="panel">
      <h2>{t('case.diagram')}</h2>
      {diagram.error && <ErrorNotice error={diagram.error} />}
      <Suspense fallback={<Skeleton active />}>
        {diagram.data && (
          <Diagram
            xml={diagram.data}
            marks={marks}
            notes={notes}
            names={language === 'en' ? englishNames : undefined}
            selected={element}
            onSelect={setElement}
          />
        )}
      </Suspense>
      <ElementHistory
        lines={lines}
        facility={instance.facility}
        names={language === 'en' ? englishNames : undefined}
        element={element}
        choose={setElement}
      />
    </section>
  );
}
