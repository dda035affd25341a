/** Chooses a colleague who may do the task. */
import { useQuery } from '@tanstack/react-query';
import { Modal, Select } from 'antd';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { useWords } from '../../words/index.ts';

export interface AssignDialogProps {
  task: string;
  busy: boolean;
  close(): void;
  confirm(assignee: string): void;
}

export function AssignDialog({ task, busy, close, confirm }: AssignDialogProps) {
  const { t } = useWords();
  const [chosen, setChosen] = useState<string>();
  const people = useQuery({
    queryKey: ['assignees', task],
    queryFn: () => bodyOf(api.GET('/api/tasks/{id}/assignees', { params: { path: { id: task } } })),
  });
  return (
    <Modal
      open
      title={t('case.assign')}
      confirmLoading={busy}
      onCancel={close}
      onOk={() => chosen !== undefined && confirm(chosen)}
      okButtonProps={{ disabled: chosen === undefined }}
      okText={t('common.confirm')}
      cancelText={t('common.cancel')}
    >
      <Select
        aria-label={t('case.assignTo')}
        className="full"
        showSearch={{ optionFilterProp: 'search' }}
        placeholder={t('case.assignPlaceholder')}
        notFoundContent={t('case.assignNobody')}
        loading={people.isPending}
        value={chosen}
        onChange={setChosen}
        options={(people.data?.items ?? []).map(({ id, name, initials }) => ({
          value: id,
          label: `${name} (${id})`,
          search: `${name} ${id} ${initials}`,
        }))}
      />
    </Modal>
  );
}
