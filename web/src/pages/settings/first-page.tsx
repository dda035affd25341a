/** /settings itself: the first page that the person is offered. */
import { Navigate } from 'react-router';
import { Empty } from '../../parts/empty.tsx';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { settingsPages } from './pages.ts';

export function FirstSettingsPage() {
  const { t } = useWords();
  const [first] = settingsPages(usePerson());
  return first === undefined ? <Empty title={t('settings.none')} /> : <Navigate to={`/settings/${first}`} replace />;
}
