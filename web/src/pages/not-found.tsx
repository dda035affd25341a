import { Link } from 'react-router';
import { useWords } from '../words/index.ts';

/** For an address without a page. */
export function NotFound() {
  const { t } = useWords();
  return (
    <div className="empty">
      <h1>{t('page.notFound')}</h1>
      <p>{t('page.notFoundHint')}</p>
      <Link to="/">{t('nav.inbox')}</Link>
    </div>
  );
}
