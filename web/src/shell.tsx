/** The frame of every page: navigation by what the person may do, language, account; and the login when there is no session. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { lazy, Suspense } from 'react';
import { NavLink, Outlet, useNavigate } from 'react-router';
import { api, bodyOf, Refused, type Staff } from './api/client.ts';
import { useLive } from './api/live.ts';
import { meQuery } from './api/queries.ts';
import { settingsPages } from './pages/settings/pages.ts';
import { ErrorNotice } from './parts/error-notice.tsx';
import { PersonContext } from './person.ts';
import { useWords } from './words/index.ts';

const Login = lazy(async () => ({ default: (await import('./pages/login.tsx')).Login }));

export function Shell() {
  const me = useQuery(meQuery);
  const loggedOut = me.error instanceof Refused && me.error.status === 401;
  if (me.isPending) return null;
  if (!me.data)
    return loggedOut ? (
      <Suspense>
        <Login />
      </Suspense>
    ) : (
      <main className="alone">
        <ErrorNotice error={me.error} retry={() => void me.refetch()} />
      </main>
    );
  // With an expired session the page stays as it is, under the login: nothing typed is lost.
  return (
    <PersonContext value={me.data}>
      <Frame person={me.data} />
      {loggedOut && (
        <Suspense>
          <Login again={me.data.id} />
        </Suspense>
      )}
    </PersonContext>
  );
}

function Frame({ person }: { person: Staff }) {
  const { t, language, setLanguage } = useWords();
  const client = useQueryClient();
  useLive();
  const navigate = useNavigate();
  const duties = new Set(person.roles.flatMap((role) => role.duties));
  const logout = async () => {
    await bodyOf(api.POST('/api/logout'));
    client.clear();
    location.assign('/');
  };
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <header className="bar">
        <NavLink to="/" className="brand" aria-label={t('app.name')}>
          <img src="/icon.svg" alt="" />
          <span>{t('app.name')}</span>
        </NavLink>
        <nav aria-label={t('nav.main')}>
          <NavLink to="/" end>
            {t('nav.inbox')}
          </NavLink>
          <NavLink to="/start">{t('nav.start')}</NavLink>
          <NavLink to="/instances">{t('nav.instances')}</NavLink>
          {duties.has('operate') && <NavLink to="/definitions">{t('nav.definitions')}</NavLink>}
          {settingsPages(person).length > 0 && <NavLink to="/settings">{t('nav.settings')}</NavLink>}
        </nav>
        <Button type="text" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          {t('language.other')}
        </Button>
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              { key: 'account', label: t('nav.account') },
              { key: 'logout', label: t('nav.logout') },
            ],
            onClick: ({ key }) => void (key === 'logout' ? logout() : navigate('/account')),
          }}
        >
          <Button type="text" aria-label={`${t('nav.menu')}: ${person.name}`} className="account">
            {person.name}
          </Button>
        </Dropdown>
      </header>
      <main id="content">
        <Outlet />
      </main>
    </div>
  );
}
