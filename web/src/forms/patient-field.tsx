/** The number of a patient's record, searched while somebody types; beneath it, running instances of the same patient. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, AutoComplete } from 'antd';
import { useDeferredValue, useEffect, useState } from 'react';
import { api, bodyOf } from '../api/client.ts';
import { RelatedList } from '../parts/related/related-list.tsx';
import { useWords } from '../words/index.ts';
import '../styles/related.css';

export interface PatientFieldProps {
  /** Variable that the field writes: instances are compared by the column of this id. */
  column: string;
  labelledBy: string;
  value: string;
  facility: string;
  disabled: boolean;
  onChange(number: string): void;
  /** A patient was chosen. */
  onChosen(name: string): void;
}

const pauseMs = 250;
const leastLetters = 2;

export function PatientField({ column, labelledBy, value, facility, disabled, onChange, onChosen }: PatientFieldProps) {
  const { t } = useWords();
  const [typed, setTyped] = useState(value);
  const searched = useAfterPause(useDeferredValue(typed.trim()));
  const found = useQuery({
    queryKey: ['patient-choices', facility, searched],
    queryFn: () => bodyOf(api.GET('/api/patient-choices', { params: { query: { facility, q: searched } } })),
    enabled: !disabled && searched.length >= leastLetters,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  const patients = searched.length >= leastLetters ? (found.data?.items ?? []) : [];
  return (
    <>
      <AutoComplete
        className="full"
        aria-labelledby={labelledBy}
        value={typed}
        disabled={disabled}
        options={patients.map(({ id, name = '', phone, bornOn }) => ({
          value: id,
          label: [name, id, phone, bornOn].filter(Boolean).join(' · '),
          name,
        }))}
        onChange={(next: string | undefined) => {
          setTyped(next ?? '');
          onChange(next ?? '');
        }}
        onSelect={(_id: string | undefined, { name }: { name: string }) => onChosen(name)}
        notFoundContent={searched.length >= leastLetters && found.isFetched ? t('related.nobody') : null}
        allowClear
      />
      <Similar column={column} value={searched} facility={facility} />
    </>
  );
}

function Similar({ column, value, facility }: { column: string; value: string; facility: string }) {
  const { t } = useWords();
  const { data } = useQuery({
    queryKey: ['similar', facility, column, value],
    queryFn: () => bodyOf(api.GET('/api/similar-instances', { params: { query: { facility, column, value } } })),
    enabled: value.length >= leastLetters,
    staleTime: 30_000,
  });
  if (!data || data.items.length === 0) return null;
  return (
    <Alert
      type="warning"
      className="similar"
      title={t('related.similar', { n: data.items.length })}
      description={<RelatedList items={data.items} newWindow />}
    />
  );
}

function useAfterPause(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), pauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
