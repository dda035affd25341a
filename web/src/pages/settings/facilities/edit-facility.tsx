/** Changes a facility; another region is proposed to a second person, as it brings other rules of money. */
import { Alert, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { FieldProblems } from '../../../parts/field-problems.tsx';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { FacilityFields } from './facility-fields.tsx';

type Facility = components['schemas']['Facility'];
const route = '/api/facilities/{code}';

export function EditFacility({ facility, all, close }: { facility: Facility; all: Facility[]; close(): void }) {
  const { t } = useWords();
  const { code, ruleSet: _, ...before } = facility;
  const [fields, setFields] = useState(before);
  const [reason, setReason] = useState('');
  const id = useId();
  const params = { path: { code } };
  const otherRegion = fields.region !== before.region;
  const options = { stale: ['facilities', 'me', 'proposals'], onDone: close, onRefused: () => true };
  const save = useAct(() => bodyOf(api.PUT(route, { params, body: fields })), { ...options, done: t('common.done') });
  const propose = useAct(
    (_input: undefined, key) =>
      bodyOf(
        api.POST('/api/proposals', {
          params: { header: { 'Idempotency-Key': key } },
          body: { act: `PUT ${route}`, params: params.path, body: fields, reason: reason.trim() },
        }),
      ),
    { ...options, done: t('rules.proposed') },
  );
  const act = otherRegion ? propose : save;
  return (
    <Modal
      open
      title={`${t('facilities.edit')}: ${facility.name}`}
      confirmLoading={act.isPending}
      okButtonProps={{ disabled: otherRegion && reason.trim() === '' }}
      onCancel={close}
      onOk={() => act.mutate(undefined)}
      okText={t(otherRegion ? 'rules.propose' : 'common.save')}
      cancelText={t('common.cancel')}
    >
      <div className="dialog-form">
        <FacilityFields values={fields} all={all} change={setFields} />
        {otherRegion && (
          <>
            <Alert type="warning" showIcon title={t('facilities.regionHint')} />
            <label htmlFor={`${id}reason`}>{t('common.reason')}</label>
            <Input
              id={`${id}reason`}
              maxLength={500}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </>
        )}
        {act.error && <FieldProblems error={act.error} />}
      </div>
    </Modal>
  );
}
