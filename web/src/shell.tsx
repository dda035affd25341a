/** The frame of every page: navigation by what the person may do, language, account. */
import { useQueryClient } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { api, bodyOf, type Staff } from './api/client.ts';
import { useLive } from './api/live.ts';
import { settingsPages } from './pages/settings/pages.ts';
import { Session } from './session.tsx';
import { useWords } from './words/index.ts';

export function Shell() {
  return <Session>{(person) => <Frame person={person} />}</Session>;
}

function Frame({ person }: { person: Staff }) {
  const { t, language, setLanguage } = useWords();
  const client = useQueryClient();
  useLive();
  const navigate = useNavigate();
  const nav = useNavWithCurrentInSight();
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
        <nav aria-label={t('nav.main')} ref={nav}>
          <NavLink to="/" end>
            {t('nav.inbox')}
          </NavLink>
          {duties.has('care') && <NavLink to="/calls">{t('nav.calls')}</NavLink>}
          {duties.has('care') && <NavLink to="/patients">{t('nav.patients')}</NavLink>}
          {duties.has('care') && <NavLink to="/figures">{t('nav.figures')}</NavLink>}
          {duties.has('supply') && <NavLink to="/patients-import">{t('patients.import')}</NavLink>}
          <NavLink to="/start">{t('nav.start')}</NavLink>
          <NavLink to="/instances">{t('nav.instances')}</NavLink>
          {duties.has('operate') && <NavLink to="/ops">{t('nav.ops')}</NavLink>}
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

/** On a phone the navigation scrolls sideways: where one is must be seen. */
function useNavWithCurrentInSight() {
  const nav = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another current link.
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return nav;
}
