/** What a facility is described by: names, zone, and which rules and calendar hold there, of those that there are. */
import { Input } from 'antd';
import { useId } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { Choice } from '../../../parts/choice.tsx';
import { useWords } from '../../../words/index.ts';

export type FacilityFieldValues = components['schemas']['FacilityChange'];
const texts = ['name', 'englishName', 'zone'] as const;
const choices = ['region', 'calendar'] as const;

export interface FacilityFieldsProps {
  values: FacilityFieldValues;
  all: components['schemas']['Facility'][];
  change(values: FacilityFieldValues): void;
}

export function FacilityFields({ values, all, change }: FacilityFieldsProps) {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      {texts.map((name) => (
        <div key={name} className="dialog-form">
          <label htmlFor={`${id}${name}`}>{t(`facilities.${name}`)}</label>
          <Input
            id={`${id}${name}`}
            maxLength={100}
            value={values[name]}
            onChange={({ target }) => change({ ...values, [name]: target.value })}
          />
        </div>
      ))}
      {choices.map((name) => (
        <div key={name} className="dialog-form">
          <span aria-hidden="true">{t(`facilities.${name}`)}</span>
          <Choice
            label={t(`facilities.${name}`)}
            value={values[name]}
            options={[...new Set(all.map((one) => one[name]))].map((value) => ({ value, label: value }))}
            onChange={(value) => change({ ...values, [name]: value })}
          />
        </div>
      ))}
    </>
  );
}
