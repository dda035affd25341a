/** A proposal in full: what is asked for, what it would lead to now, and the decision of the second person. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { api, bodyOf } from '../../../api/client.ts';
import { proposalQuery } from '../../../api/settings-queries.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useNames } from '../../../parts/people.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useAct } from '../../../parts/use-act.ts';
import { usePerson } from '../../../person.ts';
import { useWords } from '../../../words/index.ts';
import { ProposalTag } from './proposal-tag.tsx';

const ReasonDialog = lazy(async () => ({ default: (await import('../../../parts/reason-dialog.tsx')).ReasonDialog }));

export function ProposalDetails({ id }: { id: string }) {
  const proposal = useQuery(proposalQuery(id));
  if (proposal.isPending) return <Skeleton active />;
  if (proposal.error) return <ErrorNotice error={proposal.error} retry={() => void proposal.refetch()} />;
  return <Details proposal={proposal.data} />;
}

function Details({ proposal }: { proposal: components['schemas']['ProposalInFull'] }) {
  const { t, language, listed } = useWords();
  const { proposedBy, decidedBy, act, params, elements, state, answer, code, body, preview } = proposal;
  const nameOf = useNames([proposedBy, decidedBy]);
  const me = usePerson().id;
  return (
    <section className="panel proposal" aria-label={t('proposal.title')}>
      <h2>
        {proposal.reason}
        <ProposalTag state={state} />
      </h2>
      <dl className="summary">
        <dt>{t('proposal.proposedBy')}</dt>
        <dd>
          {nameOf(proposedBy)} · {instantInWords(proposal.proposedAt, { language })}
        </dd>
        {decidedBy !== undefined && proposal.decidedAt !== undefined && (
          <>
            <dt>{t('proposal.decidedBy')}</dt>
            <dd>
              {nameOf(decidedBy)} · {instantInWords(proposal.decidedAt, { language })}
            </dd>
          </>
        )}
        <dt>{t('proposal.expires')}</dt>
        <dd>{instantInWords(proposal.expiresAt, { language })}</dd>
        <dt>{t('proposal.act')}</dt>
        <dd>
          <code>{act}</code> {Object.values(params).join(' · ')}
        </dd>
        <dt>{t('proposal.touches')}</dt>
        <dd>{listed(elements)}</dd>
      </dl>
      {answer !== undefined && <Alert type="info" banner title={t('proposal.answer', { answer })} />}
      {code !== undefined && <Alert type="error" banner title={t('proposal.refusedWith', { code })} />}
      <details className="note" open={state === 'open'}>
        <summary>{t('proposal.request')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
        <pre tabIndex={0}>{JSON.stringify(body, null, 2)}</pre>
      </details>
      {preview !== undefined && (
        <details className="note" open>
          <summary>{t('proposal.preview')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
          <pre tabIndex={0}>{JSON.stringify(preview, null, 2)}</pre>
        </details>
      )}
      {state === 'open' && <Decision id={proposal.id} own={proposedBy === me} />}
    </section>
  );
}

function Decision({ id, own }: { id: string; own: boolean }) {
  const { t } = useWords();
  const [rejecting, setRejecting] = useState(false);
  const stale = ['proposals', 'definitions', 'rule-sets', 'facilities', 'job-types', 'instances', 'instance'];
  const release = useAct(
    (_: undefined, key) =>
      bodyOf(
        api.POST('/api/proposals/{id}/release', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: {},
        }),
      ),
    { done: t('proposal.released'), stale },
  );
  const reject = useAct(
    (reason: string, key) =>
      bodyOf(
        api.POST('/api/proposals/{id}/reject', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    { done: t('proposal.rejected'), stale, onDone: () => setRejecting(false) },
  );
  const rejectWords = t(own ? 'proposal.takeBack' : 'proposal.reject');
  return (
    <div className="acts wrap">
      {!own && (
        <Button type="primary" loading={release.isPending} onClick={() => release.mutate(undefined)}>
          {t('proposal.release')}
        </Button>
      )}
      <Button onClick={() => setRejecting(true)}>{rejectWords}</Button>
      {own && <span className="soft">{t('proposal.ownHint')}</span>}
      {rejecting && (
        <Suspense>
          <ReasonDialog
            title={rejectWords}
            busy={reject.isPending}
            close={() => setRejecting(false)}
            confirm={(reason) => reject.mutate(reason)}
          />
        </Suspense>
      )}
    </div>
  );
}
