/** Acts on all letters that the filters match, with a report of how many were done. */
import { App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { api, bodyOf } from '../../../api/client.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import type { LettersAsked } from '../runtime-queries.ts';

const ReasonDialog = lazy(async () => ({ default: (await import('../../../parts/reason-dialog.tsx')).ReasonDialog }));

export function LetterActs({ asked }: { asked: LettersAsked }) {
  const { t } = useWords();
  const { modal } = App.useApp();
  const [givingUp, setGivingUp] = useState(false);
  const { status } = asked;
  const act = useAct(
    ({ kind, reason }: { kind: 'resend' | 'give-up'; reason?: string }, key: string) =>
      bodyOf(
        api.POST('/api/letters/acts', {
          params: { header: { 'Idempotency-Key': key } },
          body: { act: kind, filter: asked, ...(reason !== undefined && { reason }) },
        }),
      ),
    {
      done: ({ done, left, more }) => `${t('letters.report', { done, left })} ${more ? t('letters.more') : ''}`.trim(),
      stale: ['letters', 'gateways'],
      onDone: () => setGivingUp(false),
    },
  );
  const resendAll = () =>
    void modal.confirm({
      title: t('letters.resendAll'),
      okText: t('common.confirm'),
      cancelText: t('common.cancel'),
      onOk: () => act.mutate({ kind: 'resend' }),
    });
  return (
    <>
      {(status === 'queued' || status === 'unknown') && (
        <Button onClick={() => setGivingUp(true)}>{t('letters.giveUpAll')}</Button>
      )}
      {(status === 'failed' || status === 'expired') && (
        <Button loading={act.isPending} onClick={resendAll}>
          {t('letters.resendAll')}
        </Button>
      )}
      {givingUp && (
        <Suspense>
          <ReasonDialog
            title={t('letters.giveUpAll')}
            hint={t('letters.giveUpHint')}
            busy={act.isPending}
            close={() => setGivingUp(false)}
            confirm={(reason) => act.mutate({ kind: 'give-up', reason })}
          />
        </Suspense>
      )}
    </>
  );
}
