/** Who stands in for a person who is away: colleagues with their first and last day. */
import { useQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { components } from '../../generated/api.d.ts';
import { api, bodyOf } from '../api/client.ts';
import { useWords } from '../words/index.ts';
import { DayField } from './day-field.tsx';
import { ErrorNotice } from './error-notice.tsx';
import { FieldProblems } from './field-problems.tsx';
import { useAct } from './use-act.ts';

type Shown = components['schemas']['Substitutes'];
type Given = components['schemas']['SetSubstitutes'];
type Row = Given['items'][number] & { key: string };

interface SubstitutesPanelProps {
  /** Where colleagues are looked for. */
  facility: string;
  /** Itself is not offered. */
  person: string;
  shown: Shown['items'];
  save(given: Given): Promise<Shown>;
  children?: ReactNode;
}

const keyed = (items: Shown['items']): Row[] =>
  items.map(({ substitute, from, until }) => ({ substitute, from, until, key: crypto.randomUUID() }));

const isComplete = ({ substitute, from, until }: Row): boolean => substitute !== '' && from !== '' && until >= from;

export function SubstitutesPanel({ facility, person, shown, save, children }: SubstitutesPanelProps) {
  const { t } = useWords();
  const [rows, setRows] = useState(() => keyed(shown));
  const [checked, setChecked] = useState(false);
  const colleagues = useQuery({
    queryKey: ['colleagues', facility, '*'],
    queryFn: () => bodyOf(api.GET('/api/colleagues', { params: { query: { facility } } })),
    staleTime: 300_000,
  });
  const keep = useAct(save, { done: t('substitutes.saved'), stale: ['substitutes'], onRefused: () => true });
  const options = (colleagues.data?.items ?? [])
    .filter(({ id }) => id !== person)
    .map(({ id, name, initials }) => ({ value: id, label: name, search: `${name} ${id} ${initials}` }));
  const put = (changed: Row) => setRows(rows.map((row) => (row.key === changed.key ? changed : row)));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (rows.every(isComplete)) keep.mutate({ items: rows.map(({ key: _, ...given }) => given) });
  };
  return (
    <section className="panel">
      <h2>{t('substitutes.title')}</h2>
      <form className="note dialog-form" onSubmit={submit} noValidate>
        <p className="soft">{t('substitutes.hint')}</p>
        {children}
        {colleagues.error && <ErrorNotice error={colleagues.error} />}
        {rows.map((row) => (
          <div className="role-row substitute-row" key={row.key}>
            <Select
              aria-label={t('substitutes.who')}
              placeholder={t('substitutes.who')}
              value={row.substitute || null}
              loading={colleagues.isPending}
              options={options}
              showSearch={{ optionFilterProp: 'search' }}
              onChange={(substitute) => put({ ...row, substitute })}
            />
            <DayField label={t('staff.firstDay')} value={row.from} onChange={(from) => put({ ...row, from })} />
            <DayField label={t('staff.lastDay')} value={row.until} onChange={(until) => put({ ...row, until })} />
            <Button
              aria-label={t('substitutes.remove')}
              onClick={() => setRows(rows.filter(({ key }) => key !== row.key))}
            >
              {t('common.remove')}
            </Button>
            {checked && !isComplete(row) && <p className="bad">{t('substitutes.incomplete')}</p>}
          </div>
        ))}
        <Button
          type="dashed"
          onClick={() => setRows([...rows, { substitute: '', from: '', until: '', key: crypto.randomUUID() }])}
        >
          {t('substitutes.add')}
        </Button>
        {keep.error && <FieldProblems error={keep.error} />}
        <div>
          <Button type="primary" htmlType="submit" loading={keep.isPending}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </section>
  );
}
