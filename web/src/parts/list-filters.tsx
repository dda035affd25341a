/** What lists of tasks and of instances are filtered by. Filters stand in the address, so that a view can be shared. */
import type { Ref } from 'react';
import { useSearchParams } from 'react-router';
import { usePerson } from '../person.ts';
import { useWords } from '../words/index.ts';
import { Choice } from './choice.tsx';
import { useProcessNames } from './process-names.ts';
import { SearchField } from './search-field.tsx';

/** Sets one parameter of the address, or removes it. */
export function useParameter(name: string): [string | undefined, (value: string | undefined) => void] {
  const [search, setSearch] = useSearchParams();
  return [
    search.get(name) ?? undefined,
    (value) =>
      setSearch((before) => {
        const next = new URLSearchParams(before);
        if (value === undefined || value === '') next.delete(name);
        else next.set(name, value);
        return next;
      }),
  ];
}

/** For those who see several. */
export function FacilityFilter() {
  const { t, named } = useWords();
  const { facilities } = usePerson();
  const [facility, setFacility] = useParameter('facility');
  if (facilities.length <= 1) return null;
  return (
    <Choice
      label={t('column.facility')}
      value={facility ?? ''}
      onChange={setFacility}
      options={[
        { value: '', label: t('inbox.facilityAll') },
        ...facilities.map((one) => ({ value: one.code, label: named(one) })),
      ]}
    />
  );
}

/** Where there are several. */
export function ProcessFilter() {
  const { t } = useWords();
  const { list } = useProcessNames();
  const [process, setProcess] = useParameter('process');
  if (list.length <= 1) return null;
  return (
    <Choice
      label={t('inbox.process')}
      value={process ?? ''}
      onChange={setProcess}
      options={[{ value: '', label: t('inbox.processAll') }, ...list]}
    />
  );
}

/** Text, facility and process. */
export function SharedFilters({ searchBox }: { searchBox?: Ref<HTMLInputElement> }) {
  const { t } = useWords();
  const [q, setQ] = useParameter('q');
  return (
    <>
      <SearchField
        className="grow"
        {...(searchBox && { inputRef: searchBox })}
        placeholder={t('inbox.search')}
        label={t('common.search')}
        value={q}
        onSearch={setQ}
      />
      <FacilityFilter />
      <ProcessFilter />
    </>
  );
}
