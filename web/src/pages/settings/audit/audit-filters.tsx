/** What the audit trail is filtered by; it stands in the address. */
import { useSearchParams } from 'react-router';
import type { AuditFilters } from '../../../api/settings-queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { DayField } from '../../../parts/day-field.tsx';
import { FacilityFilter, useParameter } from '../../../parts/list-filters.tsx';
import { SearchField } from '../../../parts/search-field.tsx';
import { beginOfDay, endOfDay } from '../../../parts/zone-date.ts';
import { usePerson } from '../../../person.ts';
import { useWords } from '../../../words/index.ts';

const results = ['done', 'refused', 'failed'] as const;
const texts = ['who', 'kind', 'what', 'act'] as const;

/** The days of the address as instants, by the clocks of the first facility. */
export function useAuditFilters(): AuditFilters {
  const [search] = useSearchParams();
  const zone = usePerson().facilities[0]?.zone;
  const text = (name: string) => search.get(name) || undefined;
  const [from, to, facility] = [text('from'), text('to'), text('facility')];
  const result = results.find((one) => one === text('result'));
  return {
    ...Object.fromEntries(texts.flatMap((name) => (text(name) === undefined ? [] : [[name, text(name)]]))),
    ...(result && { result }),
    ...(facility && { facility }),
    ...(from && { from: beginOfDay(from, zone) }),
    ...(to && { to: endOfDay(to, zone) }),
  };
}

export function AuditFilterBar() {
  const { t } = useWords();
  const [result, setResult] = useParameter('result');
  return (
    <div className="filters">
      {texts.map((name) => (
        <TextFilter key={name} name={name} label={t(`audit.${name}`)} />
      ))}
      <Choice
        label={t('audit.result')}
        value={result ?? ''}
        onChange={setResult}
        options={[
          { value: '', label: t('audit.resultAll') },
          ...results.map((value) => ({ value, label: t(`audit.result.${value}`) })),
        ]}
      />
      <FacilityFilter />
      <DayFilter name="from" label={t('audit.from')} />
      <DayFilter name="to" label={t('audit.to')} />
    </div>
  );
}

function TextFilter({ name, label }: { name: string; label: string }) {
  const [value, setValue] = useParameter(name);
  return (
    <SearchField
      key={value}
      className="audit-filter"
      label={label}
      placeholder={label}
      value={value}
      onSearch={setValue}
    />
  );
}

function DayFilter({ name, label }: { name: string; label: string }) {
  const [value, setValue] = useParameter(name);
  return <DayField label={label} value={value ?? ''} onChange={setValue} />;
}
