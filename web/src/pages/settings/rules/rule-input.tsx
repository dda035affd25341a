/** The field of one rule, by what kind of value it is. */
import { Input, Select } from 'antd';
import { useState } from 'react';
import { useWords } from '../../../words/index.ts';
import { useRoles } from '../roles.ts';
import { centsOf, type DurationUnit, durationOf, durationText, type Rule, yuanOf } from './rule-values.ts';

export interface RuleInputProps {
  rule: Rule;
  label: string;
  value: unknown;
  /** @param value undefined: what was typed is no value of this kind */
  onChange(value: unknown): void;
}

export function RuleInput({ rule, label, value, onChange }: RuleInputProps) {
  const { all } = useRoles();
  switch (rule.kind) {
    case 'duration':
      return typeof rule.value === 'string' && durationOf(rule.value) ? (
        <DurationInput label={label} value={String(value ?? '')} onChange={onChange} />
      ) : (
        <TextInput
          label={label}
          initial={String(value)}
          parse={(text) => text.trim() || undefined}
          onChange={onChange}
        />
      );
    case 'money':
      return <TextInput label={label} prefix="¥" initial={yuanOf(Number(value))} parse={centsOf} onChange={onChange} />;
    case 'number':
      return <TextInput label={label} initial={String(value)} parse={numberOf} onChange={onChange} />;
    case 'numbers':
      return (
        <TextInput
          label={label}
          initial={Array.isArray(value) ? value.join(', ') : ''}
          parse={numbersOf}
          onChange={onChange}
        />
      );
    case 'roles':
      return (
        <Select
          mode="multiple"
          className="full"
          aria-label={label}
          options={all}
          showSearch={{ optionFilterProp: 'label' }}
          value={Array.isArray(value) ? value.map(String) : []}
          onChange={(chosen: string[]) => onChange(chosen.length > 0 ? chosen : undefined)}
        />
      );
    case 'text':
      return (
        <TextInput
          label={label}
          initial={String(value)}
          parse={(text) => text.trim() || undefined}
          onChange={onChange}
        />
      );
    case 'other':
      return <code>{JSON.stringify(value)}</code>;
  }
}

function numberOf(text: string): number | undefined {
  return /^\d+(\.\d+)?$/.test(text.trim()) ? Number(text) : undefined;
}

function numbersOf(text: string): number[] | undefined {
  const numbers = text
    .split(/[,，、\s]+/)
    .filter(Boolean)
    .map(numberOf);
  const known = numbers.flatMap((one) => (one === undefined ? [] : [one]));
  return known.length > 0 && known.length === numbers.length ? known : undefined;
}

interface TextInputProps {
  label: string;
  prefix?: string;
  initial: string;
  parse(text: string): unknown;
  onChange(value: unknown): void;
}

function TextInput({ label, prefix, initial, parse, onChange }: TextInputProps) {
  const [text, setText] = useState(initial);
  return (
    <Input
      aria-label={label}
      prefix={prefix}
      value={text}
      status={parse(text) === undefined ? 'error' : ''}
      onChange={({ target }) => {
        setText(target.value);
        onChange(parse(target.value));
      }}
    />
  );
}

function DurationInput({ label, value, onChange }: { label: string; value: string; onChange(value: unknown): void }) {
  const { t } = useWords();
  const first = durationOf(value);
  const [n, setN] = useState(first?.n ?? '');
  const [unit, setUnit] = useState<DurationUnit>(first?.unit ?? 'hours');
  const put = (number: string, of: DurationUnit) => {
    setN(number);
    setUnit(of);
    onChange(isCount(number) ? durationText(number, of) : undefined);
  };
  return (
    <div className="duration">
      <Input
        aria-label={label}
        inputMode="numeric"
        value={n}
        status={isCount(n) ? '' : 'error'}
        onChange={({ target }) => put(target.value.trim(), unit)}
      />
      <Select<DurationUnit>
        aria-label={`${label}: ${t('rules.unit')}`}
        value={unit}
        onChange={(of) => put(n, of)}
        options={(['days', 'hours', 'minutes'] as const).map((one) => ({ value: one, label: t(`rules.unit.${one}`) }))}
      />
    </div>
  );
}

const isCount = (text: string): boolean => /^[1-9]\d{0,6}$/.test(text);
