/** Adds a facility, with the zone, rules and calendar of one that is there already to begin with. */
import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { FieldProblems } from '../../../parts/field-problems.tsx';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { FacilityFields, type FacilityFieldValues } from './facility-fields.tsx';

export interface AddFacilityProps {
  all: components['schemas']['Facility'][];
  close(): void;
}

export function AddFacility({ all, close }: AddFacilityProps) {
  const { t } = useWords();
  const id = useId();
  const [code, setCode] = useState('');
  const [like] = all;
  const [fields, setFields] = useState<FacilityFieldValues>({
    name: '',
    englishName: '',
    zone: like?.zone ?? '',
    region: like?.region ?? '',
    calendar: like?.calendar ?? '',
  });
  const add = useAct(
    (_input: undefined, key) =>
      bodyOf(
        api.POST('/api/facilities', { params: { header: { 'Idempotency-Key': key } }, body: { code, ...fields } }),
      ),
    {
      stale: ['facilities', 'me'],
      onDone: close,
      onRefused: () => true,
      done: t('facilities.added', { name: fields.name }),
    },
  );
  const complete = /^[A-Z]{2}$/.test(code) && fields.name.trim() !== '' && fields.englishName.trim() !== '';
  return (
    <Modal
      open
      title={t('facilities.add')}
      confirmLoading={add.isPending}
      okButtonProps={{ disabled: !complete }}
      onCancel={close}
      onOk={() => add.mutate(undefined)}
      okText={t('facilities.add')}
      cancelText={t('common.cancel')}
    >
      <div className="dialog-form">
        <label htmlFor={id}>{t('facilities.code')}</label>
        <Input id={id} maxLength={2} value={code} onChange={({ target }) => setCode(target.value.toUpperCase())} />
        <FacilityFields values={fields} all={all} change={setFields} />
        {add.error && <FieldProblems error={add.error} />}
      </div>
    </Modal>
  );
}
