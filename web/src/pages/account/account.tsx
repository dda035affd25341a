/** One's own account: roles, password, sessions. */
import { useQuery } from '@tanstack/react-query';
import { api, bodyOf } from '../../api/client.ts';
import { ownSessionsQuery } from '../../api/settings-queries.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { SessionTable } from '../../parts/session-table.tsx';
import { useAct } from '../../parts/use-act.ts';
import { useFacilityName } from '../../parts/zone.ts';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { useRoles } from '../settings/roles.ts';
import { ChangePassword } from './change-password.tsx';
import { OwnSubstitutes } from './own-substitutes.tsx';
import '../../styles/settings.css';

export function Account() {
  const { t } = useWords();
  const person = usePerson();
  const { nameOf } = useRoles();
  const facilityName = useFacilityName();
  return (
    <div className="account-page">
      <div className="heading">
        <h1>{person.name}</h1>
        <span className="soft">{person.id}</span>
      </div>
      <ul className="plain tags">
        {person.roles.map(({ role, facility }) => (
          <li key={`${role} ${facility}`} className="tag met">
            {facility === '*' ? t('settings.group') : facilityName(facility)} · {nameOf(role)}
          </li>
        ))}
      </ul>
      <div className="panels">
        <ChangePassword />
        <OwnSubstitutes />
        <OwnSessions />
      </div>
    </div>
  );
}

function OwnSessions() {
  const { t } = useWords();
  const sessions = useQuery(ownSessionsQuery);
  const end = useAct(
    (session: string) => bodyOf(api.DELETE('/api/me/sessions/{session}', { params: { path: { session } } })),
    { done: t('session.ended'), stale: ['own-sessions'] },
  );
  return (
    <section className="panel">
      <h2>{t('session.title')}</h2>
      {sessions.error && <ErrorNotice error={sessions.error} />}
      {sessions.data && <SessionTable items={sessions.data.items} end={(session) => end.mutate(session)} />}
    </section>
  );
}
