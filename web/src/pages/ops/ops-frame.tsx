/** Frame of the operators' pages: their own navigation, below that of the console. */
import { NavLink, Outlet } from 'react-router';
import { useWords } from '../../words/index.ts';
import '../../styles/ops.css';

export function OpsFrame() {
  const { t } = useWords();
  return (
    <>
      <nav className="subnav" aria-label={t('nav.ops')}>
        <NavLink to="/ops" end>
          {t('ops.nav.incidents')}
        </NavLink>
        <NavLink to="/ops/heat">{t('ops.nav.heat')}</NavLink>
        <NavLink to="/ops/batches">{t('ops.nav.batches')}</NavLink>
      </nav>
      <Outlet />
    </>
  );
}
