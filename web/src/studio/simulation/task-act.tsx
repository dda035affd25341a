/** A user task of a simulated run: its form as people will see it, or variables where it has none. */
import { Button } from 'antd';
import { useMemo, useRef, useState } from 'react';
import type { Variables } from '../../../../engine/model/plan.ts';
import type { WaitOf } from '../../../../engine/model/types.ts';
import { type FormHandle, FormView } from '../../forms/form-view.tsx';
import { useStudioWords } from '../studio-words.tsx';
import { JsonAct } from './json-act.tsx';

export interface TaskActProps {
  wait: WaitOf<'task'>;
  form: object | undefined;
  variables: Variables;
  complete(variables: Variables): void;
}

export function TaskAct({ wait, form, variables, complete }: TaskActProps) {
  const { t } = useStudioWords();
  const { assignee, candidateGroups, candidateUsers, dueAt } = wait.task;
  const who = assignee ?? [...candidateGroups, ...candidateUsers].join(', ');
  return (
    <>
      <p className="soft">
        {t('studio.simulation.who', { who })}
        {dueAt && ` · ${t('studio.simulation.due', { time: dueAt })}`}
      </p>
      {form ? (
        <FormAct form={form} data={{ ...variables, ...wait.variables }} complete={complete} />
      ) : (
        <JsonAct label={t('studio.simulation.complete')} act={complete} />
      )}
    </>
  );
}

function FormAct({ form, data, complete }: { form: object; data: Variables; complete(variables: Variables): void }) {
  const { t } = useStudioWords();
  const handle = useRef<FormHandle>(null);
  const [wrong, setWrong] = useState(0);
  // As it was when the task was opened: what other acts change meanwhile must not empty the form.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const shown = useMemo(() => data, [form]);
  const submit = () => {
    const { data: filled, errors } = handle.current?.submit() ?? { data: {}, errors: {} };
    const count = Object.keys(errors).length;
    setWrong(count);
    if (count === 0) complete(filled as Variables);
  };
  return (
    <>
      <FormView ref={handle} schema={form} data={shown} />
      {wrong > 0 && <p className="bad">{t('case.formErrors', { n: wrong })}</p>}
      <Button type="primary" size="small" onClick={submit}>
        {t('studio.simulation.complete')}
      </Button>
    </>
  );
}
