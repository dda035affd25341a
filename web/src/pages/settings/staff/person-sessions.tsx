/** Where somebody is logged in now; each session can be ended. */
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, bodyOf } from '../../../api/client.ts';
import { sessionsOfQuery } from '../../../api/settings-queries.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { SessionTable } from '../../../parts/session-table.tsx';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';

export function PersonSessions({ id }: { id: string }) {
  const { t } = useWords();
  const sessions = useQuery(sessionsOfQuery(id));
  const options = { done: t('session.ended'), stale: ['staff'] };
  const end = useAct(
    (session: string) =>
      bodyOf(api.DELETE('/api/staff/{id}/sessions/{session}', { params: { path: { id, session } } })),
    options,
  );
  const endAll = useAct(() => bodyOf(api.DELETE('/api/staff/{id}/sessions', { params: { path: { id } } })), options);
  const items = sessions.data?.items ?? [];
  return (
    <section className="panel">
      <h2>{t('session.title')}</h2>
      {sessions.error && <ErrorNotice error={sessions.error} />}
      {sessions.data && <SessionTable items={items} end={(session) => end.mutate(session)} />}
      {items.length > 1 && (
        <div className="acts">
          <Button loading={endAll.isPending} onClick={() => endAll.mutate(undefined)}>
            {t('session.endAll')}
          </Button>
        </div>
      )}
    </section>
  );
}
