/** Turns an act that affects money, and is refused without a second person, into an approval request with a reason. */
import { App } from 'antd';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { paths } from '../../../generated/api.d.ts';
import { api, bodyOf, Refused } from '../../api/client.ts';
import { useWords } from '../../words/index.ts';
import { useAct } from '../use-act.ts';

const ReasonDialog = lazy(async () => ({ default: (await import('../reason-dialog.tsx')).ReasonDialog }));

type Proposal = paths['/api/proposals']['post']['requestBody']['content']['application/json'];
type Act = Pick<Proposal, 'act' | 'body'>;

export interface Proposable {
  /** @returns whether the error demands a second person; the act is then requested. @param reason absent: it is asked for */
  proposes(error: unknown, act: Act, reason?: string): boolean;
  shown: ReactNode;
}

/** @param done called when the request was made */
export function useProposable(done: () => void): Proposable {
  const { t } = useWords();
  const { notification } = App.useApp();
  const [asking, setAsking] = useState<Act>();
  const propose = useAct(
    (proposal: Act & { reason: string }, key: string) =>
      bodyOf(
        api.POST('/api/proposals', {
          params: { header: { 'Idempotency-Key': key } },
          body: { ...proposal, params: {} },
        }),
      ),
    {
      stale: ['proposals'],
      onDone(proposal) {
        setAsking(undefined);
        notification.success({
          title: t('bulk.proposed'),
          description: <Link to={`/settings/proposals/${proposal.id}`}>{t('bulk.seeProposal')}</Link>,
        });
        done();
      },
    },
  );
  return {
    proposes(error, act, reason) {
      if (!(error instanceof Refused) || error.problem?.code !== 'second-person-needed') return false;
      if (reason === undefined) setAsking(act);
      else propose.mutate({ ...act, reason });
      return true;
    },
    shown: asking && (
      <Suspense>
        <ReasonDialog
          title={t('bulk.propose')}
          hint={t('bulk.proposeHint')}
          busy={propose.isPending}
          close={() => setAsking(undefined)}
          confirm={(reason) => propose.mutate({ ...asking, reason })}
        />
      </Suspense>
    ),
  };
}
