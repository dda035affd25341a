/** Two versions side by side, with what was added, removed and changed in colour, and a list of it. */
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { useDiagram } from '../../bpmn/use-diagram.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';

const SideBySide = lazy(async () => ({ default: (await import('./side-by-side.tsx')).SideBySide }));

export function Comparison({ processKey, from, to }: { processKey: string; from: number; to: number }) {
  const { t } = useWords();
  const [before, after] = [useDiagram(processKey, from), useDiagram(processKey, to)];
  const error = before.error ?? after.error;
  return (
    <section className="panel tall">
      <h2>
        {t('definitions.comparing', { from, to })}
        <Link to={`/definitions/${processKey}?version=${to}`}>{t('definitions.compareEnd')}</Link>
      </h2>
      {error && <ErrorNotice error={error} />}
      <Suspense fallback={<Skeleton active />}>
        {before.data && after.data && <SideBySide before={before.data} after={after.data} labels={[from, to]} />}
      </Suspense>
    </section>
  );
}
