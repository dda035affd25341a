/** Bringing running instances to another version: both diagrams side by side, a mapping that is proposed, tried, and then done. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useParams } from 'react-router';
import { countedDefinitionsQuery } from '../../../api/queries.ts';
import { useDiagram } from '../../../bpmn/use-diagram.ts';
import type { BatchFilter } from '../../../parts/batches/batch-queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { FacilityFilter, useParameter } from '../../../parts/list-filters.tsx';
import { useWords } from '../../../words/index.ts';
import { ChooseVersion, useChosenVersion } from '../choose-version.tsx';
import { MeantFilter, useMeantFilter } from '../meant-filter.tsx';
import { Wizard } from './wizard.tsx';

export function Migrate() {
  const { t } = useWords();
  const chosen = useChosenVersion(useParams()['key']);
  const filter = useMeantFilter();
  const [to, setTo] = useParameter('to');
  const { data } = useQuery(countedDefinitionsQuery);
  const versions = (data?.items ?? []).filter((one) => one.key === chosen?.key && !one.deactivated);
  const target = to === undefined ? chosen?.newest : Number(to);
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.migrate')}</h1>
      </div>
      <div className="filters">
        <ChooseVersion path="/ops/migrate" chosen={chosen} />
        <span aria-hidden="true">→</span>
        <Choice
          className="filter-wide"
          label={t('ops.migrate.target')}
          value={target === undefined ? undefined : String(target)}
          onChange={setTo}
          options={versions.map((one) => ({
            value: String(one.version),
            label: t('definitions.version', { n: one.version }),
          }))}
        />
        <FacilityFilter />
        <MeantFilter page="/ops/migrate" />
      </div>
      {chosen && target !== undefined && chosen.version === target && (
        <Empty title={t('ops.migrate.same')} hint={t('ops.migrate.sameHint')} />
      )}
      {chosen && target !== undefined && chosen.version !== target && (
        <Loaded
          key={`${chosen.key} ${chosen.version} ${target}`}
          process={chosen.key}
          from={chosen.version}
          to={target}
          filter={filter}
        />
      )}
    </>
  );
}

interface LoadedProps {
  process: string;
  from: number;
  to: number;
  filter: BatchFilter;
}

function Loaded({ process, from, to, filter }: LoadedProps) {
  const before = useDiagram(process, from);
  const after = useDiagram(process, to);
  const error = before.error ?? after.error;
  if (error) return <ErrorNotice error={error} />;
  if (before.data === undefined || after.data === undefined) return <Skeleton active />;
  return <Wizard {...{ process, from, to, filter }} before={before.data} after={after.data} />;
}
