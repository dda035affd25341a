/** The inbox: what a person has to do, did, and started; what is asked stands in the address, so that a view can be shared. */
import { useQuery } from '@tanstack/react-query';
import { Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router';
import { countsQuery } from '../../api/queries.ts';
import { useWords, type WordKey } from '../../words/index.ts';
import { type Tab, tabOf, tabs } from './inbox-address.ts';
import { tally } from './tally.ts';
import { TaskList } from './task-list.tsx';

const InstanceList = lazy(async () => ({
  default: (await import('../instances/instance-list.tsx')).InstanceList,
}));

export function Inbox() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const { data: counts } = useQuery(countsQuery);
  const tab = tabOf(search);
  const choose = (next: Tab) => setSearch(next === 'todo' ? {} : { tab: next });
  return (
    <>
      <div className="heading">
        <h1>{t('inbox.title')}</h1>
        <Segmented<Tab>
          aria-label={t('inbox.title')}
          value={tab}
          onChange={choose}
          options={tabs.map((value) => ({
            value,
            label: (
              <>
                {t(`inbox.tab.${value}` satisfies WordKey)}
                {counts && <span className="tally">{tally(counts[value])}</span>}
              </>
            ),
          }))}
        />
      </div>
      {tab === 'started' ? (
        <Suspense>
          <InstanceList fixed={{ startedByMe: true }} emptyTitle={t('inbox.emptyStarted')} />
        </Suspense>
      ) : (
        <TaskList tab={tab} key={tab} />
      )}
    </>
  );
}
