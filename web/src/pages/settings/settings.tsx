/** The frame of the settings: their pages by what the person may do. */
import { NavLink, Outlet } from 'react-router';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { settingsPages } from './pages.ts';
import '../../styles/settings.css';

export function Settings() {
  const { t } = useWords();
  const person = usePerson();
  return (
    <div className="settings">
      <nav aria-label={t('settings.title')} className="settings-nav">
        {settingsPages(person).map((page) => (
          <NavLink key={page} to={`/settings/${page}`}>
            {t(`settings.page.${page}`)}
          </NavLink>
        ))}
      </nav>
      <div className="settings-page">
        <Outlet />
      </div>
    </div>
  );
}
