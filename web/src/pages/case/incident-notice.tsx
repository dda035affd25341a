/** What is stuck, why, and what can be done: for operators with the acts. */
import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { api, bodyOf, type Instance } from '../../api/client.ts';
import { useAct } from '../../parts/use-act.ts';
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
  const act = useAct(
    (reason: string | undefined, key: string) => {
      const params = { path: { id: instance.id }, header: { 'Idempotency-Key': key } };
      return reason === undefined
        ? bodyOf(api.POST('/api/instances/{id}/retry', { params, body: { key: incident.key } }))
        : bodyOf(api.POST('/api/instances/{id}/skip', { params, body: { key: incident.key, reason } }));
    },
    { done: ({ happened }) => pick(happened), stale: ['instance'], onDone: () => setSkipping(false) },
  );
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
