/** Instances as a list: by the filters of the address, and by what the page fixes. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Skeleton } from 'antd';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Instance } from '../../api/client.ts';
import { batchFilterOf } from '../../parts/batches/batch-filter.ts';
import { BulkBar, useBulkActs } from '../../parts/batches/bulk-acts.tsx';
import type { Picked } from '../../parts/batches/use-picked.ts';
import { casePath } from '../../parts/case-path.ts';
import { Due } from '../../parts/due.tsx';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { type InstanceFilters, instanceFiltersOf } from '../../parts/instance-filters.ts';
import { useNarrow } from '../../parts/narrow.ts';
import { useProcessNames } from '../../parts/process-names.ts';
import { StatusTag } from '../../parts/status-tag.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import { ColumnValues } from './column-values.tsx';
import { instanceListQuery, instanceTotalsQuery } from './instance-queries.ts';

const pageSize = 100;

export interface InstanceListProps {
  fixed?: InstanceFilters;
  emptyTitle: string;
  /** Rows can be selected, and acted on together. */
  operates?: boolean;
}

export function InstanceList({ fixed = {}, emptyTitle, operates = false }: InstanceListProps) {
  const [search] = useSearchParams();
  const filters = { ...instanceFiltersOf(search), ...fixed };
  const list = useInfiniteQuery(instanceListQuery({ limit: pageSize, ...filters }));
  const totals = useQuery({ ...instanceTotalsQuery({ ...filters, status: 'active' }), enabled: operates });
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const running = items.filter((one) => one.status === 'active');
  const bulk = useBulkActs(batchFilterOf(filters), running, totals.data?.total ?? running.length);
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const picked = operates ? bulk.picked : undefined;
  return (
    <>
      {/* Also where nothing is left in the list: the report of the act that emptied it. */}
      {operates && bulk.shown}
      {operates && <BulkBar bulk={bulk} />}
      {items.length === 0 ? (
        <Empty title={emptyTitle} />
      ) : (
        <Rows items={items} picked={picked} more={list.hasNextPage ? () => void list.fetchNextPage() : undefined} />
      )}
    </>
  );
}

interface RowsProps {
  items: Instance[];
  picked: Picked | undefined;
  more: (() => void) | undefined;
}

function Rows({ items, picked, more }: RowsProps) {
  const { t } = useWords();
  const narrow = useNarrow();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="grid" tabIndex={0} aria-label={t('ops.title')}>
      {narrow ? <Cards items={items} /> : <Table items={items} picked={picked} />}
      {more && (
        <Button block onClick={more}>
          {t('common.more')}
        </Button>
      )}
    </section>
  );
}

const Cards = ({ items }: Pick<RowsProps, 'items'>) => (
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
);

function Table({ items, picked }: Omit<RowsProps, 'more'>) {
  const { t } = useWords();
  return (
    <table>
      <thead>
        <tr>
          {picked && (
            <th scope="col" className="pick">
              <span className="unseen">{t('common.select')}</span>
            </th>
          )}
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
          <Row key={one.id} instance={one} picked={picked} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ instance, picked }: { instance: Instance; picked: Picked | undefined }) {
  const { t, language } = useWords();
  const facilityName = useFacilityName();
  const zone = useZone(instance.facility);
  const { nameOf } = useProcessNames();
  return (
    <tr>
      {picked && (
        <td className="pick">
          {instance.status === 'active' && (
            <Checkbox
              aria-label={t('inbox.select', { name: `${instance.title} ${instance.businessKey}` })}
              checked={picked.all || picked.ids.has(instance.id)}
              onChange={() => picked.toggle(instance.id)}
            />
          )}
        </td>
      )}
      <td>
        <Link to={casePath(instance.id)} className="strong">
          {instance.title}
        </Link>{' '}
        <StatusTag instance={instance} />
        <div className="soft">
          {nameOf(instance.process)} · {instance.businessKey}
        </div>
        <ColumnValues instance={instance} />
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
  const { named, listed } = useWords();
  const names = [
    ...new Set(
      [...instance.incidents, ...instance.waits].map((one) =>
        named({ name: one.elementName, englishName: one.elementEnglishName }),
      ),
    ),
  ];
  return (
    <>
      {listed(names.slice(0, 3))}
      {names.length > 3 ? ` +${names.length - 3}` : ''}
    </>
  );
}
