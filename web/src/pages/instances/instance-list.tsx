/** Instances as a list: by the filters of the address, and by what the page fixes. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Instance } from '../../api/client.ts';
import { type InstanceFilters, instancesQuery } from '../../api/queries.ts';
import { casePath } from '../../parts/case-path.ts';
import { Due } from '../../parts/due.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useProcessNames } from '../../parts/process-names.ts';
import { StatusTag } from '../../parts/status-tag.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

const pageSize = 100;

function instanceFiltersOf(search: URLSearchParams): InstanceFilters {
  const text = (name: string) => search.get(name) || undefined;
  const status = text('status') as InstanceFilters['status'] | undefined;
  const [q, facility, process] = [text('q'), text('facility'), text('process')];
  return {
    ...(status && { status }),
    ...(q && { q }),
    ...(facility && { facility }),
    ...(process && { process }),
    ...(text('incident') && { incident: true }),
    ...(text('overdue') && { overdue: true }),
  };
}

export function InstanceList({ fixed = {}, emptyTitle }: { fixed?: InstanceFilters; emptyTitle: string }) {
  const { t } = useWords();
  const [search] = useSearchParams();
  const list = useInfiniteQuery(instancesQuery({ limit: pageSize, ...instanceFiltersOf(search), ...fixed }));
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  if (items.length === 0) return <Empty title={emptyTitle} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="grid" tabIndex={0} aria-label={t('ops.title')}>
      <table className="wide">
        <thead>
          <tr>
            <th scope="col">{t('column.case')}</th>
            <th scope="col" className="narrow">
              {t('column.facility')}
            </th>
            <th scope="col">{t('column.waiting')}</th>
            <th scope="col" className="date">
              {t('column.due')}
            </th>
            <th scope="col" className="date">
              {t('column.started')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <Row key={one.id} instance={one} />
          ))}
        </tbody>
      </table>
      <ul className="cards">
        {items.map((one) => (
          <li key={one.id}>
            <Link className="card" to={casePath(one.id)}>
              <header>
                <span className="strong">{one.title}</span>
                <StatusTag instance={one} />
              </header>
              <p className="soft">{one.businessKey}</p>
              <Waiting instance={one} />
            </Link>
          </li>
        ))}
      </ul>
      {list.hasNextPage && (
        <Button block onClick={() => void list.fetchNextPage()}>
          {t('common.more')}
        </Button>
      )}
    </section>
  );
}

function Row({ instance }: { instance: Instance }) {
  const { language } = useWords();
  const facilityName = useFacilityName();
  const zone = useZone(instance.facility);
  const { nameOf } = useProcessNames();
  return (
    <tr>
      <td>
        <Link to={casePath(instance.id)} className="strong">
          {instance.title}
        </Link>{' '}
        <StatusTag instance={instance} />
        <div className="soft">
          {nameOf(instance.process)} · {instance.businessKey}
        </div>
      </td>
      <td className="narrow">{facilityName(instance.facility)}</td>
      <td>
        <Waiting instance={instance} />
      </td>
      <td className="date">
        {instance.status === 'active' && (
          <Due since={instance.startedAt} dueAt={instance.dueAt} facility={instance.facility} />
        )}
      </td>
      <td className="date">
        <time dateTime={instance.startedAt}>{instantInWords(instance.startedAt, { language, zone })}</time>
      </td>
    </tr>
  );
}

/** The elements at which it stands. */
function Waiting({ instance }: { instance: Instance }) {
  const names = [...new Set([...instance.incidents, ...instance.waits].map((one) => one.elementName))];
  return (
    <>
      {names.slice(0, 3).join('、')}
      {names.length > 3 ? ` +${names.length - 3}` : ''}
    </>
  );
}
