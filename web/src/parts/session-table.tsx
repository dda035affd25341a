/** Sessions, newest first, each with the button that ends it. */
import { Button } from 'antd';
import type { components } from '../../generated/api.d.ts';
import { useWords } from '../words/index.ts';
import { instantInWords } from './time.ts';

export interface SessionTableProps {
  items: components['schemas']['OneSession'][];
  end(session: string): void;
}

export function SessionTable({ items, end }: SessionTableProps) {
  const { t, language } = useWords();
  if (items.length === 0) return <p className="note soft">{t('session.none')}</p>;
  return (
    <ul className="plain session-list">
      {items.map((one) => (
        <li key={one.id}>
          <div>
            <p>
              {t('session.since', { time: instantInWords(one.createdAt, { language }) })}{' '}
              {one.current && <span className="tag met">{t('session.current')}</span>}
            </p>
            <p className="soft">
              {t('session.from', { address: one.from })} ·{' '}
              {t('session.until', { time: instantInWords(one.expiresAt, { language }) })}
            </p>
          </div>
          {!one.current && (
            <Button aria-label={`${t('session.end')}: ${one.from}`} onClick={() => end(one.id)}>
              {t('session.end')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
