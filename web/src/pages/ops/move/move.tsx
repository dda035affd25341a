/** Moving the tokens of many instances of a version from one element to another: chosen in the diagram or in lists, tried, and then done. */

import { Skeleton } from 'antd';
import { useParams } from 'react-router';
import { useDiagram } from '../../../bpmn/use-diagram.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { FacilityFilter } from '../../../parts/list-filters.tsx';
import { useWords } from '../../../words/index.ts';
import { ChooseVersion, useChosenVersion } from '../choose-version.tsx';
import { MeantFilter, useMeantFilter } from '../meant-filter.tsx';
import { MoveTokens } from './move-tokens.tsx';

export function Move() {
  const { t } = useWords();
  const chosen = useChosenVersion(useParams()['key']);
  return (
    <>
      <div className="heading">
        <h1>{t('ops.kind.modify')}</h1>
      </div>
      <div className="filters">
        <ChooseVersion path="/ops/move" chosen={chosen} />
        <FacilityFilter />
        <MeantFilter page="/ops/move" />
      </div>
      {chosen && <OfVersion key={`${chosen.key} ${chosen.version}`} process={chosen.key} version={chosen.version} />}
    </>
  );
}

function OfVersion({ process, version }: { process: string; version: number }) {
  const filter = useMeantFilter();
  const { data, error } = useDiagram(process, version);
  if (error) return <ErrorNotice error={error} />;
  if (data === undefined) return <Skeleton active />;
  return <MoveTokens process={process} version={version} filter={filter} xml={data} />;
}
