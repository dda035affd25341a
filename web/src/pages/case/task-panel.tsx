/** A task in place: its form, what the process says of itself beside it, a draft, and the acts. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Dropdown } from 'antd';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { api, bodyOf, type OneTask } from '../../api/client.ts';
import { taskQuery } from '../../api/queries.ts';
import { filledIn } from '../../forms/filled-in.ts';
import type { FormHandle } from '../../forms/form-view.tsx';
import { useSchemaWithPeople } from '../../forms/schema-with-people.ts';
import { DraftNotice } from '../../parts/draft-notice.tsx';
import { useDraft } from '../../parts/drafts.ts';
import { Due } from '../../parts/due.tsx';
import { ErrorNotice, useErrorWords } from '../../parts/error-notice.tsx';
import { fieldErrorsOf } from '../../parts/field-errors.ts';
import { useIdempotencyKey } from '../../parts/idempotency.ts';
import { useNames } from '../../parts/people.ts';
import { type Why, WhyDate } from '../../parts/why-date.tsx';
import { useZone } from '../../parts/zone.ts';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { NextDeciders } from './next-deciders.tsx';

const FormView = lazy(async () => ({ default: (await import('../../forms/form-view.tsx')).FormView }));
const AssignDialog = lazy(async () => ({ default: (await import('./assign-dialog.tsx')).AssignDialog }));
const ReasonDialog = lazy(async () => ({ default: (await import('../../parts/reason-dialog.tsx')).ReasonDialog }));

export interface TaskPanelProps {
  id: string;
  /** Whether the address names it; others are shown only when the person may do them. */
  wanted: boolean;
  open: boolean;
  /** Why its date is what it is. */
  why: Why | undefined;
}

export function TaskPanel({ id, wanted, open, why }: TaskPanelProps) {
  const { t } = useWords();
  const task = useQuery({ ...taskQuery(id), refetchInterval: open ? 15_000 : false });
  const { refetch } = task;
  // The instance no longer waits there: the task was completed or cancelled.
  useEffect(() => {
    if (!open) void refetch();
  }, [open, refetch]);
  if (task.data)
    return task.data.status === 'open' && (wanted || task.data.acts.length > 0) ? (
      <OpenTask task={task.data} why={why} />
    ) : wanted ? (
      <ClosedTask task={task.data} />
    ) : null;
  if (task.error && wanted) return <ErrorNotice error={task.error} />;
  return task.isPending && wanted ? <section className="panel note">{t('common.loading')}</section> : null;
}

function ClosedTask({ task }: { task: OneTask }) {
  const { t } = useWords();
  const nameOf = useNames([task.closedBy]);
  const why =
    task.status === 'completed'
      ? t('inbox.completedBy', { name: task.closedBy ? nameOf(task.closedBy) : '' })
      : t('status.cancelled');
  return <Alert type="info" showIcon title={t('case.taskGone', { why })} description={task.name} />;
}

type Act =
  | { type: 'claim' }
  | { type: 'unclaim' }
  | { type: 'assign'; assignee: string }
  | { type: 'return'; reason: string }
  | { type: 'complete'; variables: Record<string, unknown> };

function perform(id: string, { type, ...body }: Act, key: string) {
  const params = { path: { id }, header: { 'Idempotency-Key': key } };
  return bodyOf(api.POST(`/api/tasks/{id}/${type}` as '/api/tasks/{id}/complete', { params, body }));
}

function OpenTask({ task, why }: { task: OneTask; why: Why | undefined }) {
  const { t, language, pick } = useWords();
  const navigate = useNavigate();
  const person = usePerson();
  const client = useQueryClient();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const form = useRef<FormHandle>(null);
  const [dialog, setDialog] = useState<'assign' | 'return'>();
  const [wrong, setWrong] = useState(0);
  const [key, ended] = useIdempotencyKey();
  const may = new Set(task.acts);
  const zone = useZone(task.facility);
  const schema = useSchemaWithPeople(task.form?.schema, task.facility);
  const place = useMemo(() => ({ task: task.id }), [task.id]);
  const draft = useDraft('task', task.id, may.has('complete'));
  const [restored, setRestored] = useState(true);
  const opened = useRef<{ schema: object; data: Record<string, unknown>; withDraft: boolean }>(undefined);
  // Opened once: a refresh in the background must not take away what somebody is typing.
  if (schema && draft.ready && opened.current === undefined)
    opened.current = { schema, data: { ...task.variables, ...draft.found }, withDraft: draft.found !== undefined };
  const act = useMutation({
    mutationFn: (wantedAct: Act) => perform(task.id, wantedAct, key),
    onSuccess: async ({ happened }, { type }) => {
      void message.success(pick(happened));
      ended();
      setDialog(undefined);
      if (type === 'complete') await draft.discard();
      await client.invalidateQueries();
      if (type === 'complete') void navigate({ search: '' }, { replace: true });
    },
    onError: (error) => {
      ended(error);
      const errors = fieldErrorsOf(error, language);
      const placed = form.current?.showErrors(errors) ?? 0;
      setWrong(placed);
      if (placed < errors.length || errors.length === 0)
        void message.error(errors.map((one) => one.message).join(' ') || wordsOf(error).title, 8);
    },
  });
  const submit = () => {
    const filled = filledIn(form.current, task.form !== null);
    if (!filled) return;
    const count = Object.keys(filled.errors).length;
    setWrong(count);
    if (count === 0) act.mutate({ type: 'complete', variables: filled.data });
  };
  const discardDraft = () => {
    void draft.discard();
    opened.current = schema && { schema, data: { ...task.variables }, withDraft: false };
    setRestored(false);
  };
  const discardButton = (
    <Button size="small" onClick={discardDraft}>
      {t('case.draftDrop')}
    </Button>
  );
  const more = [
    ...(may.has('unclaim') ? [{ key: 'unclaim', label: t('case.unclaim') }] : []),
    ...(may.has('assign') ? [{ key: 'assign', label: t('case.assign') }] : []),
    ...(may.has('return') ? [{ key: 'return', label: t('case.return') }] : []),
  ];
  return (
    <section className="panel task" aria-label={t('case.task')}>
      <h2>
        {language === 'en' ? (task.englishName ?? task.name) : task.name}
        <span className="spring" />
        <Due since={task.createdAt} dueAt={task.dueAt} facility={task.facility} />
      </h2>
      <WhyDate why={why} />
      {wrong > 0 && <Alert type="error" banner title={t('case.formErrors', { n: wrong })} />}
      {restored && opened.current?.withDraft && (
        <Alert type="info" banner title={t('case.draftRestored')} action={discardButton} />
      )}
      {!may.has('complete') && may.has('claim') && <p className="soft note">{t('case.claimFirst')}</p>}
      {opened.current && (
        <Suspense>
          <fieldset disabled={!may.has('complete')} className="bare">
            <FormView
              ref={form}
              schema={opened.current.schema}
              data={opened.current.data}
              place={may.has('complete') ? place : undefined}
              facility={task.facility}
              onChange={draft.keep}
            />
          </fieldset>
        </Suspense>
      )}
      {may.has('complete') && <NextDeciders task={task.id} seen={task.updatedAt} />}
      <div className="acts">
        {may.has('complete') && (
          <Button type="primary" loading={act.isPending} onClick={submit}>
            {t('case.submit')}
          </Button>
        )}
        {may.has('claim') && (
          <Button
            {...(may.has('complete') ? {} : { type: 'primary' as const })}
            loading={act.isPending}
            onClick={() => act.mutate({ type: 'claim' })}
          >
            {t('case.claim')}
          </Button>
        )}
        {task.mayTakeOver && (
          <Button
            type="primary"
            loading={act.isPending}
            onClick={() => act.mutate({ type: 'assign', assignee: person.id })}
          >
            {t('substitutes.takeOver')}
          </Button>
        )}
        {more.length > 0 && (
          <Dropdown
            trigger={['click']}
            menu={{
              items: more,
              onClick: ({ key: chosen }) =>
                chosen === 'unclaim' ? act.mutate({ type: 'unclaim' }) : setDialog(chosen as 'assign' | 'return'),
            }}
          >
            <Button aria-label={t('common.more')}>…</Button>
          </Dropdown>
        )}
        <span className="spring" />
        <DraftNotice state={draft.state} zone={zone} />
      </div>
      <Suspense>
        {dialog === 'assign' && (
          <AssignDialog
            task={task.id}
            busy={act.isPending}
            close={() => setDialog(undefined)}
            confirm={(assignee) => act.mutate({ type: 'assign', assignee })}
          />
        )}
        {dialog === 'return' && (
          <ReasonDialog
            title={t('case.return')}
            busy={act.isPending}
            close={() => setDialog(undefined)}
            confirm={(reason) => act.mutate({ type: 'return', reason })}
          />
        )}
      </Suspense>
    </section>
  );
}
