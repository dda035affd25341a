/** The definitions with their versions, what runs by each, and the diagram of the one that is chosen. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { lazy, Suspense } from 'react';
import { Link, useParams } from 'react-router';
import type { Definition } from '../../api/client.ts';
import { countedDefinitionsQuery, diagramQuery } from '../../api/queries.ts';
import type { Marks } from '../../bpmn/diagram.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useWords } from '../../words/index.ts';

const Diagram = lazy(async () => ({ default: (await import('../../bpmn/diagram.tsx')).Diagram }));
const noMarks: Marks = { active: [], incidents: [], done: [] };

export function Definitions() {
  const { t } = useWords();
  const { key } = useParams();
  const list = useQuery(countedDefinitionsQuery);
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const { items } = list.data;
  const chosen = items.find((one) => one.key === key && one.newest) ?? items.find((one) => one.key === key);
  return (
    <>
      <div className="heading">
        <h1>{t('definitions.title')}</h1>
      </div>
      {items.length === 0 ? <Empty title={t('definitions.empty')} /> : <Versions items={items} />}
      {chosen && <Picture definition={chosen} />}
    </>
  );
}

function Versions({ items }: { items: Definition[] }) {
  const { t } = useWords();
  return (
    <div className="grid short">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('column.process')}</th>
            <th scope="col" className="count">
              {t('column.version')}
            </th>
            <th scope="col" className="count">
              {t('column.running')}
            </th>
            <th scope="col" className="count">
              {t('column.stopped')}
            </th>
            <th scope="col" className="date wide-only">
              {t('column.deployed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <Version key={`${one.key} ${one.version}`} definition={one} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Version({ definition }: { definition: Definition }) {
  const { t, language, named } = useWords();
  const { key, version, newest, deactivated, warnings, instances, deployedAt } = definition;
  return (
    <tr>
      <td>
        <Link to={`/definitions/${key}`} className="strong">
          {named(definition)}
        </Link>
        <div className="soft">
          {key} {newest && <span className="tag completed">{t('definitions.newest')}</span>}
          {deactivated && <span className="tag">{t('definitions.deactivated')}</span>}
          {warnings.length > 0 && <span className="tag warn">{t('definitions.warnings', { n: warnings.length })}</span>}
        </div>
      </td>
      <td className="count">{version}</td>
      <td className="count">
        <Link to={`/instances?process=${key}&status=active`}>{instances?.active ?? 0}</Link>
      </td>
      <td className="count">
        <Link to={`/instances?process=${key}&incident=1`}>{instances?.stopped ?? 0}</Link>
      </td>
      <td className="date wide-only">
        <time dateTime={deployedAt}>{instantInWords(deployedAt, { language })}</time>
      </td>
    </tr>
  );
}

function Picture({ definition }: { definition: Definition }) {
  const { t, named } = useWords();
  const diagram = useQuery(diagramQuery(definition.key, definition.version));
  return (
    <section className="panel tall">
      <h2>
        {named(definition)} · {t('definitions.version', { n: definition.version })}
        <a href={`/studio/${definition.key}?version=${definition.version}`}>{t('definitions.draw')}</a>
      </h2>
      {diagram.error && <ErrorNotice error={diagram.error} />}
      <Suspense fallback={<Skeleton active />}>
        {diagram.data && <Diagram xml={diagram.data} marks={noMarks} />}
      </Suspense>
    </section>
  );
}
