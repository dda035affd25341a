/** What is stuck, why, and what can be done: for operators with the acts. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { api, bodyOf, type Instance, newIdempotencyKey } from '../../api/client.ts';
import { instanceQuery } from '../../api/queries.ts';
import { useErrorWords } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';

const ReasonDialog = lazy(async () => ({ default: (await import('../../parts/reason-dialog.tsx')).ReasonDialog }));

export interface IncidentNoticeProps {
  instance: Instance;
  incident: Instance['incidents'][number];
  /** Whether the person may retry and skip. */
  operates: boolean;
}

export function IncidentNotice({ instance, incident, operates }: IncidentNoticeProps) {
  const { t, pick, named } = useWords();
  const [skipping, setSkipping] = useState(false);
  const client = useQueryClient();
  const { message } = App.useApp();
  const wordsOf = useErrorWords();
  const path = { id: instance.id };
  const header = { 'Idempotency-Key': newIdempotencyKey() };
  const act = useMutation({
    mutationFn: (reason: string | undefined) =>
      reason === undefined
        ? bodyOf(api.POST('/api/instances/{id}/retry', { params: { path, header }, body: { key: incident.key } }))
        : bodyOf(
            api.POST('/api/instances/{id}/skip', { params: { path, header }, body: { key: incident.key, reason } }),
          ),
    onSuccess: async ({ happened }) => {
      setSkipping(false);
      void message.info(pick(happened));
      await client.invalidateQueries({ queryKey: instanceQuery(instance.id).queryKey });
    },
    onError: (error) => void message.error(wordsOf(error).title),
  });
  return (
    <>
      <Alert
        type="error"
        showIcon
        title={t('case.incidentAt', {
          element: named({ name: incident.elementName, englishName: incident.elementEnglishName }),
        })}
        description={
          <>
            <p>{pick(incident.message)}</p>
            <p className="soft">{pick(incident.hint)}</p>
            {operates && (
              <div className="acts inline">
                <Button type="primary" loading={act.isPending} onClick={() => act.mutate(undefined)}>
                  {t('ops.retry')}
                </Button>
                <Button onClick={() => setSkipping(true)}>{t('ops.skip')}</Button>
              </div>
            )}
          </>
        }
      />
      {skipping && (
        <Suspense>
          <ReasonDialog
            title={t('ops.skip')}
            hint={t('ops.skipHint')}
            busy={act.isPending}
            close={() => setSkipping(false)}
            confirm={(reason) => act.mutate(reason)}
          />
        </Suspense>
      )}
    </>
  );
}
