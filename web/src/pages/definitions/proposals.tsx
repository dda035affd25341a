/** Changes of definitions that wait for a second person to approve or reject them. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api, bodyOf } from '../../api/client.ts';
import { definitionProposalsQuery } from '../../api/studio-queries.ts';
import { useNames } from '../../parts/people.ts';
import { ReasonDialog } from '../../parts/reason-dialog.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useAct } from '../../parts/use-act.ts';
import { hasDuty, usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';

export function OpenProposals() {
  const person = usePerson();
  const { t } = useWords();
  const open = useQuery({ ...definitionProposalsQuery, enabled: hasDuty(person, 'operate') });
  const items = open.data ?? [];
  const name = useNames(items.map(({ proposedBy }) => proposedBy));
  if (items.length === 0) return null;
  return (
    <section className="panel proposals">
      <h2>{t('definitions.proposals')}</h2>
      <ul className="plain">
        {items.map((one) => (
          <Proposal key={one.id} proposal={one} proposer={name(one.proposedBy)} isOwn={one.proposedBy === person.id} />
        ))}
      </ul>
    </section>
  );
}

type OneProposal = NonNullable<
  Awaited<ReturnType<NonNullable<(typeof definitionProposalsQuery)['queryFn']>>>
>['items'][number];

function Proposal({ proposal, proposer, isOwn }: { proposal: OneProposal; proposer: string; isOwn: boolean }) {
  const { t, language } = useWords();
  const [rejecting, setRejecting] = useState(false);
  const { id, reason, proposedAt, elements, act } = proposal;
  const stale = ['proposals', 'definitions'];
  const release = useAct(
    (_: undefined, key: string) =>
      bodyOf(
        api.POST('/api/proposals/{id}/release', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: {},
        }),
      ),
    { stale, done: t('definitions.released') },
  );
  const reject = useAct(
    (answer: string, key: string) =>
      bodyOf(
        api.POST('/api/proposals/{id}/reject', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body: { reason: answer },
        }),
      ),
    { stale, done: t('definitions.rejected'), onDone: () => setRejecting(false) },
  );
  const kind = act === 'POST /api/definitions' ? 'deploy' : act.endsWith('/activate') ? 'activate' : 'deactivate';
  return (
    <li className="row">
      <span>
        <span className="strong">{t(`definitions.proposal.${kind}`)}</span> {reason}
        <span className="soft">
          {' '}
          {proposer} {instantInWords(proposedAt, { language })} · {elements.join(', ')}
        </span>
      </span>
      <span className="version-acts">
        {isOwn ? (
          <span className="soft">{t('definitions.waitsForSecond')}</span>
        ) : (
          <Button type="primary" size="small" loading={release.isPending} onClick={() => release.mutate(undefined)}>
            {t('definitions.release')}
          </Button>
        )}
        <Button size="small" onClick={() => setRejecting(true)}>
          {isOwn ? t('definitions.takeBack') : t('definitions.reject')}
        </Button>
      </span>
      {rejecting && (
        <ReasonDialog
          title={isOwn ? t('definitions.takeBack') : t('definitions.reject')}
          busy={reject.isPending}
          close={() => setRejecting(false)}
          confirm={(answer) => reject.mutate(answer)}
        />
      )}
    </li>
  );
}
