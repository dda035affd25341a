/** The definitions: which processes there are, the versions of one, pending approvals, and the comparison of two versions. */
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import type { Definition } from '../../api/client.ts';
import { countedDefinitionsQuery } from '../../api/queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';
import { Comparison } from './comparison.tsx';
import { Picture } from './picture.tsx';
import { OpenProposals } from './proposals.tsx';
import { Versions } from './versions.tsx';
import './definitions.css';

export function Definitions() {
  const { t } = useWords();
  const { key } = useParams();
  const [search] = useSearchParams();
  const list = useQuery(countedDefinitionsQuery);
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const { items } = list.data;
  const versions = items.filter((one) => one.key === key);
  const [from, to] = (search.get('compare') ?? '').split('..').map(Number);
  const chosen = versions.find((one) => one.version === Number(search.get('version'))) ?? newestOf(versions);
  return (
    <>
      <div className="heading">
        <h1>{t('definitions.title')}</h1>
        <div className="spring" />
        <Button type="primary" href="/studio">
          {t('definitions.new')}
        </Button>
      </div>
      <OpenProposals />
      {items.length === 0 ? (
        <Empty title={t('definitions.empty')} hint={t('definitions.emptyHint')} />
      ) : (
        <Processes items={items} chosen={key} />
      )}
      {chosen && <Versions versions={versions} chosen={chosen.version} />}
      {chosen && from && to ? (
        <Comparison processKey={chosen.key} from={from} to={to} />
      ) : (
        chosen && <Picture definition={chosen} />
      )}
    </>
  );
}

/** That new instances begin by; of a process that is out of use, the last one. */
const newestOf = (versions: Definition[]): Definition | undefined =>
  versions.find(({ newest }) => newest) ?? versions[0];

function Processes({ items, chosen }: { items: Definition[]; chosen: string | undefined }) {
  const { t, named } = useWords();
  const keys = [...new Set(items.map(({ key }) => key))];
  return (
    <ul className="plain processes" aria-label={t('definitions.title')}>
      {keys.map((key) => {
        const versions = items.filter((one) => one.key === key);
        const newest = newestOf(versions);
        const sum = (of: 'active' | 'stopped') => versions.reduce((all, one) => all + (one.instances?.[of] ?? 0), 0);
        return (
          <li key={key}>
            <Link to={`/definitions/${key}`} className="card" {...(key === chosen && { 'aria-current': 'page' })}>
              <span className="strong">{newest && named(newest)}</span>
              <span className="soft">
                {newest?.newest ? t('definitions.version', { n: newest.version }) : t('definitions.outOfUse')}
              </span>
              <span className="soft">
                {t('definitions.counts', { running: sum('active'), stopped: sum('stopped') })}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
