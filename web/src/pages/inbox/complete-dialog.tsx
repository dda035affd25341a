/** The form of tasks that are completed together: the same answers for each. What belongs to a single case is not in it. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Modal } from 'antd';
import { lazy, Suspense, useMemo, useRef, useState } from 'react';
import type { Task } from '../../api/client.ts';
import { taskQuery } from '../../api/queries.ts';
import { filledIn } from '../../forms/filled-in.ts';
import type { FormHandle } from '../../forms/form-view.tsx';
import { useSchemaWithPeople } from '../../forms/schema-with-people.ts';
import { withoutShown } from '../../forms/without-shown.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';

const FormView = lazy(async () => ({ default: (await import('../../forms/form-view.tsx')).FormView }));

interface CompleteDialogProps {
  tasks: Task[];
  close(): void;
  confirm(variables: Record<string, unknown>): void;
}

const nothing = {};

export function CompleteDialog({ tasks, close, confirm }: CompleteDialogProps) {
  const { t, named } = useWords();
  const [first] = tasks as [Task];
  const form = useRef<FormHandle>(null);
  const [wrong, setWrong] = useState(0);
  const task = useQuery(taskQuery(first.id));
  const asFilledIn = task.data?.form?.schema;
  const asked = useMemo(() => asFilledIn && withoutShown(asFilledIn), [asFilledIn]);
  const schema = useSchemaWithPeople(asked, first.facility);
  const submit = () => {
    const filled = filledIn(form.current, asked !== undefined);
    if (!filled) return;
    const count = Object.keys(filled.errors).length;
    setWrong(count);
    if (count === 0) confirm(filled.data);
  };
  return (
    <Modal
      open
      title={t('inbox.completeMany.title', { task: named(first), n: tasks.length })}
      onCancel={close}
      onOk={submit}
      okText={t('inbox.completeMany.confirm', { n: tasks.length })}
      cancelText={t('common.cancel')}
      okButtonProps={{ disabled: !task.data || (asked !== undefined && !schema) }}
    >
      <p className="soft">{t('inbox.completeMany.hint')}</p>
      <ul className="task-outcomes" aria-label={t('common.selected', { n: tasks.length })}>
        {tasks.map((one) => (
          <li key={one.id}>
            {one.businessKey} <span className="soft">{one.title}</span>
          </li>
        ))}
      </ul>
      {task.error && <ErrorNotice error={task.error} />}
      {wrong > 0 && <Alert type="error" banner title={t('case.formErrors', { n: wrong })} />}
      <Suspense>{schema && <FormView ref={form} schema={schema} data={nothing} />}</Suspense>
    </Modal>
  );
}
