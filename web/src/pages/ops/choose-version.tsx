/** Which process, and which version of it, a page of the operators is about: the process in the path, the version as a parameter. */
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { countedDefinitionsQuery } from '../../api/queries.ts';
import { Choice } from '../../parts/choice.tsx';
import { useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';

export interface ChosenVersion {
  key: string;
  version: number;
  newest: number;
}

/** The one of the address, or the process with most instances running. */
export function useChosenVersion(key: string | undefined): ChosenVersion | undefined {
  const { data } = useQuery(countedDefinitionsQuery);
  const [search] = useSearchParams();
  const items = data?.items ?? [];
  const running = (process: string) =>
    items.filter((one) => one.key === process).reduce((sum, { instances }) => sum + (instances?.active ?? 0), 0);
  const newest = items.filter((one) => one.newest);
  const [busiest] = [...newest].sort((a, b) => running(b.key) - running(a.key));
  const found = newest.find((one) => one.key === key) ?? (key === undefined ? busiest : undefined);
  if (!found) return undefined;
  const version = Number(search.get('version')) || found.version;
  return { key: found.key, version, newest: found.version };
}

export interface ChooseVersionProps {
  /** Of the page, without the process. */
  path: string;
  chosen: ChosenVersion | undefined;
  /** Several versions can be meant. */
  allVersions?: boolean;
}

export function ChooseVersion({ path, chosen, allVersions = false }: ChooseVersionProps) {
  const { t, named } = useWords();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [version, setVersion] = useParameter('version');
  const { data } = useQuery(countedDefinitionsQuery);
  const items = data?.items ?? [];
  const versions = items.filter((one) => one.key === chosen?.key);
  return (
    <>
      <Choice
        className="filter-wide"
        label={t('inbox.process')}
        value={chosen?.key}
        onChange={(key) => {
          const next = new URLSearchParams(search);
          next.delete('version');
          void navigate(`${path}/${encodeURIComponent(key)}?${next}`);
        }}
        options={items.filter((one) => one.newest).map((one) => ({ value: one.key, label: named(one) }))}
      />
      <Choice
        className="filter-wide"
        label={t('column.version')}
        value={version ?? (allVersions ? '' : String(chosen?.version ?? ''))}
        onChange={setVersion}
        options={[
          ...(allVersions ? [{ value: '', label: t('ops.allVersions') }] : []),
          ...versions.map((one) => ({
            value: String(one.version),
            label: t('ops.versionRunning', { n: one.version, running: one.instances?.active ?? 0 }),
          })),
        ]}
      />
    </>
  );
}
