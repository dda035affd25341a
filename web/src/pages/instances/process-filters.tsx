/** What can be filtered once a process is chosen: its versions, stages, elements and columns. */
import { useQuery } from '@tanstack/react-query';
import { countedDefinitionsQuery, profileQuery } from '../../api/queries.ts';
import { elementNames } from '../../bpmn/element-names.ts';
import { useDiagram } from '../../bpmn/use-diagram.ts';
import { Choice } from '../../parts/choice.tsx';
import { Labelled } from '../../parts/labelled.tsx';
import { useParameter } from '../../parts/list-filters.tsx';
import { hasDuty, usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { ColumnFilters } from './column-filter.tsx';

export function ProcessFilters({ process }: { process: string }) {
  const { t, named } = useWords();
  const person = usePerson();
  const profile = useQuery(profileQuery(process));
  const [stage, setStage] = useParameter('stage');
  const all = { value: '', label: t('common.all') };
  if (!profile.data) return null;
  const { stages, columns } = profile.data;
  return (
    <div className="filters">
      {hasDuty(person, 'operate') && <VersionFilter process={process} />}
      {stages.length > 0 && (
        <Labelled label={t('instances.stage')}>
          <Choice
            label={t('instances.stage')}
            value={stage ?? ''}
            onChange={setStage}
            options={[all, ...stages.map((one) => ({ value: one.id, label: named(one) }))]}
          />
        </Labelled>
      )}
      <ElementFilter process={process} version={profile.data.version} />
      <ColumnFilters columns={columns} />
    </div>
  );
}

function VersionFilter({ process }: { process: string }) {
  const { t } = useWords();
  const [version, setVersion] = useParameter('version');
  const { data } = useQuery(countedDefinitionsQuery);
  const versions = (data?.items ?? []).filter((one) => one.key === process);
  if (versions.length < 2) return null;
  return (
    <Labelled label={t('column.version')}>
      <Choice
        label={t('column.version')}
        value={version ?? ''}
        onChange={setVersion}
        options={[
          { value: '', label: t('common.all') },
          ...versions.map((one) => ({
            value: String(one.version),
            label: t('definitions.version', { n: one.version }),
          })),
        ]}
      />
    </Labelled>
  );
}

function ElementFilter({ process, version }: { process: string; version: number }) {
  const { t } = useWords();
  const [element, setElement] = useParameter('element');
  const { data } = useDiagram(process, version);
  const names = data === undefined ? [] : [...elementNames(data)];
  return (
    <Labelled label={t('instances.element')}>
      <Choice
        className="filter-wide"
        label={t('instances.element')}
        value={element ?? ''}
        onChange={setElement}
        options={[
          { value: '', label: t('common.all') },
          ...(element !== undefined && !names.some(([id]) => id === element)
            ? [{ value: element, label: element }]
            : []),
          ...names.map(([value, label]) => ({ value, label })),
        ]}
      />
    </Labelled>
  );
}
