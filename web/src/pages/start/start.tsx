/** What a person may start; then its start form. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Skeleton } from 'antd';
import { lazy, type Ref, Suspense, useMemo, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { api, bodyOf, type Definition } from '../../api/client.ts';
import { profileQuery, startableQuery } from '../../api/queries.ts';
import { filledIn } from '../../forms/filled-in.ts';
import type { FormHandle } from '../../forms/form-view.tsx';
import { useSchemaWithPeople } from '../../forms/schema-with-people.ts';
import { casePath, justStarted } from '../../parts/case-path.ts';
import { Choice } from '../../parts/choice.tsx';
import { DraftNotice } from '../../parts/draft-notice.tsx';
import { type DraftInUse, useDraft } from '../../parts/drafts.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice, useErrorWords } from '../../parts/error-notice.tsx';
import { fieldErrorsOf } from '../../parts/field-errors.ts';
import type { UploadPlace } from '../../parts/files/upload.ts';
import { useIdempotencyKey } from '../../parts/idempotency.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

const FormView = lazy(async () => ({ default: (await import('../../forms/form-view.tsx')).FormView }));

export function StartPage() {
  const { key } = useParams();
  const { t } = useWords();
  const startable = useQuery(startableQuery);
  if (startable.isPending) return <Skeleton active />;
  if (startable.error) return <ErrorNotice error={startable.error} retry={() => void startable.refetch()} />;
  const chosen = startable.data.items.find((one) => one.key === key);
  return (
    <>
      <div className="heading">
        <h1>{t('start.title')}</h1>
      </div>
      {chosen ? <StartOne definition={chosen} key={chosen.key} /> : <Choices items={startable.data.items} />}
    </>
  );
}

function Choices({ items }: { items: Definition[] }) {
  const { t, named } = useWords();
  if (items.length === 0) return <Empty title={t('start.empty')} />;
  return (
    <ul className="choices" aria-label={t('start.choose')}>
      {items.map((one) => (
        <li key={one.key}>
          <Link className="card" to={`/start/${one.key}`}>
            <span className="strong">{named(one)}</span>
            <span className="soft">{one.key}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function StartOne({ definition }: { definition: Definition }) {
  const { t, named } = useWords();
  const facilityName = useFacilityName();
  const facilities = definition.startableAt ?? [];
  const [facility, setFacility] = useState(facilities[0] ?? '');
  const profile = useQuery(profileQuery(definition.key));
  const draft = useDraft('start', definition.key);
  const deployed = profile.data?.startForm?.schema;
  const { form, wrong, busy, submit } = useStart(definition.key, facility, deployed !== undefined, draft.discard);
  const schema = useSchemaWithPeople(deployed, facility);
  const zone = useZone(facility);
  const place = useMemo(() => ({ process: definition.key, facility }), [definition.key, facility]);
  if (profile.isPending) return <Skeleton active />;
  if (profile.error) return <ErrorNotice error={profile.error} />;
  return (
    <section className="panel form-page">
      <h2>{named(profile.data)}</h2>
      {wrong > 0 && <Alert type="error" banner title={t('case.formErrors', { n: wrong })} />}
      {facilities.length > 1 && (
        <div className="field">
          <span aria-hidden="true">{t('start.facility')}</span>
          <Choice
            label={t('start.facility')}
            value={facility}
            onChange={setFacility}
            options={facilities.map((code) => ({ value: code, label: facilityName(code) }))}
          />
        </div>
      )}
      {!deployed ? (
        <p className="soft note">{t('start.noForm')}</p>
      ) : !schema || !draft.ready ? (
        <Skeleton active />
      ) : (
        <Suspense fallback={<Skeleton active />}>
          <StartForm form={form} schema={schema} draft={draft} place={place} />
        </Suspense>
      )}
      <div className="acts">
        <Button type="primary" loading={busy} onClick={() => void submit()}>
          {t('start.submit')}
        </Button>
        <Link to="/start">{t('common.back')}</Link>
        <span className="spring" />
        <DraftNotice state={draft.state} zone={zone} />
      </div>
    </section>
  );
}

interface StartFormProps {
  form: Ref<FormHandle>;
  schema: object;
  draft: DraftInUse;
  place: UploadPlace;
}

/** With the draft as it was when it was opened. */
function StartForm({ form, schema, draft, place }: StartFormProps) {
  const [data] = useState(draft.found ?? {});
  const facility = 'facility' in place ? place.facility : undefined;
  return <FormView ref={form} schema={schema} data={data} place={place} facility={facility} onChange={draft.keep} />;
}

function useStart(process: string, facility: string, hasForm: boolean, discardDraft: () => Promise<void>) {
  const { t, language } = useWords();
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const form = useRef<FormHandle>(null);
  const [wrong, setWrong] = useState(0);
  const [busy, setBusy] = useState(false);
  const [idempotencyKey, ended] = useIdempotencyKey();
  const submit = async () => {
    const filled = filledIn(form.current, hasForm);
    if (!filled) return;
    const { data, errors } = filled;
    setWrong(Object.keys(errors).length);
    if (Object.keys(errors).length > 0) return;
    setBusy(true);
    try {
      const started = await bodyOf(
        api.POST('/api/instances', {
          params: { header: { 'Idempotency-Key': idempotencyKey } },
          body: { process, facility, variables: data },
        }),
      );
      ended();
      await discardDraft();
      void message.success(t('start.started', { key: started.businessKey }));
      await client.invalidateQueries({ queryKey: ['tasks'] });
      void navigate(casePath(started.id), { state: justStarted });
    } catch (error) {
      ended(error);
      const placed = form.current?.showErrors(fieldErrorsOf(error, language)) ?? 0;
      setWrong(placed);
      if (placed === 0) void message.error(wordsOf(error).title, 8);
    } finally {
      setBusy(false);
    }
  };
  return { form, wrong, busy, submit };
}
