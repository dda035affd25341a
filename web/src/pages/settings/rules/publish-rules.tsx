/** From when the next version holds; what it changes, looked at first; then it is published, or proposed to a second person. */
import { Alert, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { Link } from 'react-router';
import type { components } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { DayField } from '../../../parts/day-field.tsx';
import { FieldProblems } from '../../../parts/field-problems.tsx';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { RuleChanges } from './rule-changes.tsx';

const route = '/api/rule-sets/{key}/versions';

export interface PublishRulesProps {
  base: components['schemas']['RuleSetVersion'];
  typed: ReadonlyMap<string, unknown>;
  published(): void;
}

export function PublishRules({ base, typed, published }: PublishRulesProps) {
  const { t } = useWords();
  const [validFrom, setValidFrom] = useState(() => new Date().toISOString().slice(0, 10));
  const [validTo, setValidTo] = useState('');
  const [note, setNote] = useState('');
  const noteId = useId();
  const unreadable = [...typed.values()].includes(undefined);
  const wanted = {
    base: base.version,
    validFrom,
    ...(validTo !== '' && { validTo }),
    rules: Object.fromEntries(typed),
    note: note.trim(),
  };
  const params = { path: { key: base.key } };
  /** The previewed version: exactly this is published. */
  const [looked, setLooked] = useState('');
  const look = useAct(() => bodyOf(api.POST(route, { params, body: { ...wanted, dryRun: true } })), {
    stale: [],
    onDone: () => setLooked(JSON.stringify(wanted)),
    onRefused: () => true,
  });
  const publish = useAct(
    (_: undefined, key) =>
      bodyOf(
        api.POST(route, {
          params: { ...params, header: { 'Idempotency-Key': key } },
          body: { ...wanted, dryRun: false },
        }),
      ),
    { done: t('rules.published'), stale: ['rule-sets', 'facilities'], onDone: published },
  );
  const propose = useAct(
    (_: undefined, key) =>
      bodyOf(
        api.POST('/api/proposals', {
          params: { header: { 'Idempotency-Key': key } },
          body: { act: `POST ${route}`, params: params.path, body: wanted, reason: note.trim() },
        }),
      ),
    { done: t('rules.proposed'), stale: ['proposals'] },
  );
  const ready = typed.size > 0 && !unreadable && note.trim() !== '' && validFrom !== '';
  const current = ready && looked === JSON.stringify(wanted) ? look.data : undefined;
  const touchesMoney = current !== undefined && current.money.length > 0;
  return (
    <section className="panel publish" aria-label={t('rules.publish')}>
      <h2>{t('rules.publishTitle', { version: base.version + 1 })}</h2>
      <div className="note dialog-form">
        <div className="row start">
          <DayField label={t('rules.validFrom')} value={validFrom} onChange={setValidFrom} />
          <DayField label={t('rules.validTo')} value={validTo} onChange={setValidTo} />
        </div>
        <label htmlFor={noteId}>{t('rules.note')}</label>
        <Input id={noteId} maxLength={500} value={note} onChange={({ target }) => setNote(target.value)} />
        {look.error && <FieldProblems error={look.error} />}
        {current && <RuleChanges answer={current} rules={base.groups.flatMap(({ rules }) => rules)} />}
        {propose.isSuccess && (
          <Alert
            type="success"
            showIcon
            title={t('rules.proposed')}
            description={<Link to={`/settings/proposals/${propose.data.id}`}>{t('rules.seeProposal')}</Link>}
          />
        )}
      </div>
      <div className="acts wrap">
        <Button disabled={!ready} loading={look.isPending} onClick={() => look.mutate(undefined)}>
          {t('calendar.check')}
        </Button>
        <Button
          type="primary"
          disabled={!current || propose.isSuccess}
          loading={publish.isPending || propose.isPending}
          onClick={() => (touchesMoney ? propose : publish).mutate(undefined)}
        >
          {t(touchesMoney ? 'rules.propose' : 'rules.publish')}
        </Button>
        {!ready && <span className="soft">{t(unreadable ? 'rules.unreadable' : 'rules.changeFirst')}</span>}
      </div>
    </section>
  );
}
