/** The instances that the filter finds, apart by one of their properties: each number is a filter of its own. */
import { useQuery } from '@tanstack/react-query';
import { profileQuery } from '../../api/queries.ts';
import { elementNames } from '../../bpmn/element-names.ts';
import { useDiagram } from '../../bpmn/use-diagram.ts';
import { Choice } from '../../parts/choice.tsx';
import type { InstanceFilters } from '../../parts/instance-filters.ts';
import { Labelled } from '../../parts/labelled.tsx';
import { useParameter } from '../../parts/list-filters.tsx';
import { useProcessNames } from '../../parts/process-names.ts';
import { useFacilityName } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import { instanceTotalsQuery } from './instance-queries.ts';

const always = ['process', 'facility'] as const;
/** Names of versions, stages and elements belong to a process. */
const ofOneProcess = ['version', 'stage', 'element'] as const;
type By = (typeof always)[number] | (typeof ofOneProcess)[number];

export function TotalsBy({ filters }: { filters: InstanceFilters }) {
  const { t } = useWords();
  const [asked, setBy] = useParameter('by');
  const offered: By[] = filters.process === undefined ? [...always] : [...always, ...ofOneProcess];
  const by = offered.find((one) => one === asked);
  return (
    <>
      <Labelled label={t('bulk.totalsBy')}>
        <Choice
          label={t('bulk.totalsBy')}
          value={by ?? ''}
          onChange={setBy}
          options={[
            { value: '', label: t('bulk.totalsBy.none') },
            ...offered.map((value) => ({ value, label: t(`bulk.totalsBy.${value}`) })),
          ]}
        />
      </Labelled>
      {by && by !== 'element' && <NamedGroups filters={filters} by={by} />}
      {by === 'element' && filters.process !== undefined && (
        <ElementGroups filters={filters} process={filters.process} />
      )}
    </>
  );
}

interface GroupsProps {
  filters: InstanceFilters;
  by: By;
  nameOf(value: string): string;
}

function Groups({ filters, by, nameOf }: GroupsProps) {
  const { t } = useWords();
  const { [by]: _, ...others } = filters;
  const { data } = useQuery(instanceTotalsQuery(others as InstanceFilters, by));
  const [chosen, choose] = useParameter(by);
  return (
    <ul className="causes groups" aria-label={t('bulk.totalsBy')}>
      {(data?.groups ?? []).map(({ value, total, stopped }) => {
        const text = String(value ?? '');
        return (
          <li key={text}>
            <button
              type="button"
              disabled={value === null}
              aria-pressed={chosen === text}
              onClick={() => choose(chosen === text ? undefined : text)}
            >
              {value === null ? t('bulk.totalsBy.nothing') : nameOf(text)} <b>{total}</b>
              {stopped > 0 && <span className="bad"> ! {stopped}</span>}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function NamedGroups({ filters, by }: { filters: InstanceFilters; by: Exclude<By, 'element'> }) {
  const { t, named } = useWords();
  const processes = useProcessNames();
  const facilityName = useFacilityName();
  const { process } = filters;
  const profile = useQuery({ ...profileQuery(process ?? ''), enabled: process !== undefined });
  const names: Record<typeof by, (value: string) => string> = {
    process: processes.nameOf,
    facility: facilityName,
    version: (value) => t('definitions.version', { n: value }),
    stage(value) {
      const stage = profile.data?.stages.find(({ id }) => id === value);
      return stage ? named(stage) : value;
    },
  };
  return <Groups filters={filters} by={by} nameOf={names[by]} />;
}

/** By the names of the newest version; an element that is no longer there shows its id. */
function ElementGroups({ filters, process }: { filters: InstanceFilters; process: string }) {
  const { data: profile } = useQuery(profileQuery(process));
  return profile ? <NamedElements filters={filters} process={process} version={profile.version} /> : null;
}

function NamedElements(props: { filters: InstanceFilters; process: string; version: number }) {
  const { data } = useDiagram(props.process, props.version);
  const names = data === undefined ? new Map<string, string>() : elementNames(data);
  return <Groups filters={props.filters} by="element" nameOf={(value) => names.get(value) ?? value} />;
}
