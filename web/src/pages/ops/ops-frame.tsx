/** Frame of the operators' pages: their own navigation, below that of the console. */
import { NavLink, Outlet } from 'react-router';
import { useWords } from '../../words/index.ts';
import '../../styles/ops.css';

const pages = ['overview', 'heat', 'migrate', 'move', 'batches', 'messages', 'schedules', 'letters'] as const;

export function OpsFrame() {
  const { t } = useWords();
  return (
    <>
      <nav className="subnav" aria-label={t('nav.ops')}>
        <NavLink to="/ops" end>
          {t('ops.nav.incidents')}
        </NavLink>
        {pages.map((page) => (
          <NavLink key={page} to={`/ops/${page}`}>
            {t(`ops.nav.${page}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </>
  );
}
