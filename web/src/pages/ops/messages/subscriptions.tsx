/** Instances that wait for a message or a signal: for which, under which key, at which element, since when. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { casePath } from '../../../parts/case-path.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { FacilityFilter, ProcessFilter, useParameter } from '../../../parts/list-filters.tsx';
import { LoadMore } from '../../../parts/load-more.tsx';
import { useProcessNames } from '../../../parts/process-names.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { instantInWords } from '../../../parts/time.ts';
import { useFacilityName, useZone } from '../../../parts/zone.ts';
import { useWords } from '../../../words/index.ts';
import { type Subscription, type SubscriptionsAsked, subscriptionsQuery } from '../runtime-queries.ts';

const kinds = ['message', 'signal'] as const;

export function Subscriptions() {
  const { t } = useWords();
  const [kind, setKind] = useParameter('kind');
  const [process] = useParameter('process');
  const [name, setName] = useParameter('name');
  const [facility] = useParameter('facility');
  const asked: SubscriptionsAsked = {
    ...(kinds.some((one) => one === kind) && { kind: kind as (typeof kinds)[number] }),
    ...(process && { process }),
    ...(name && { name }),
    ...(facility && { facility }),
  };
  const list = useInfiniteQuery(subscriptionsQuery(asked));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="filters">
        <SearchField
          className="grow"
          placeholder={t('bulk.receivers.name')}
          label={t('bulk.receivers.name')}
          value={name}
          onSearch={setName}
        />
        <FacilityFilter />
        <ProcessFilter />
        <Choice
          label={t('bulk.receivers.kind')}
          value={kind ?? ''}
          onChange={setKind}
          options={[
            { value: '', label: t('bulk.receivers.both') },
            ...kinds.map((value) => ({ value, label: t(`bulk.receivers.${value}`) })),
          ]}
        />
      </div>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && (
        <Empty title={t('bulk.receivers.empty')} hint={t('bulk.receivers.emptyHint')} />
      )}
      <ul className="tiles">
        {items.map((one) => (
          <Receiver key={`${one.instance} ${one.kind} ${one.name} ${one.since}`} subscription={one} />
        ))}
      </ul>
      <LoadMore list={list} />
    </>
  );
}

function Receiver({ subscription }: { subscription: Subscription }) {
  const { t, language, named } = useWords();
  const facilityName = useFacilityName();
  const zone = useZone(subscription.facility);
  const { nameOf } = useProcessNames();
  const { kind, name, correlationKey, instance, process, businessKey, title, facility, element, since } = subscription;
  const elementName =
    element !== undefined &&
    named({ name: subscription.elementName ?? element, englishName: subscription.elementEnglishName });
  return (
    <li className="panel tile">
      <div className="report-head">
        <span className="tag">{t(`bulk.receivers.${kind}`)}</span>
        <span className="strong">{name}</span>
        {kind === 'message' && (
          <span>
            {correlationKey === undefined
              ? t('bulk.receivers.anyKey')
              : t('bulk.receivers.key', { key: correlationKey })}
          </span>
        )}
      </div>
      <p>
        <Link to={casePath(instance)}>{title}</Link>{' '}
        <span className="soft">
          {nameOf(process)} · {businessKey} · {facilityName(facility)}
        </span>
      </p>
      <p className="soft">
        {elementName && `${elementName} · `}
        {t('case.since', { time: instantInWords(since, { language, zone }) })}
      </p>
    </li>
  );
}
