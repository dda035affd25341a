/** The inbox: what a person has to do, did, and started; filters stand in the address, so that a view can be shared. */
import { Button, Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { useWords, type WordKey } from '../../words/index.ts';
import { InstanceList } from '../instances/instance-list.tsx';
import { TaskList } from './task-list.tsx';

const tabs = ['todo', 'mine', 'done', 'started'] as const;
type Tab = (typeof tabs)[number];

export function Inbox() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'todo';
  const choose = (next: Tab) => setSearch(next === 'todo' ? {} : { tab: next });
  return (
    <>
      <div className="heading">
        <h1>{t('inbox.title')}</h1>
        <Segmented<Tab>
          aria-label={t('inbox.title')}
          value={tab}
          onChange={choose}
          options={tabs.map((value) => ({ value, label: t(`inbox.tab.${value}` satisfies WordKey) }))}
        />
      </div>
      {tab === 'started' ? (
        <InstanceList fixed={{ startedByMe: true }} emptyTitle={t('inbox.emptyStarted')} />
      ) : (
        <TaskList tab={tab} key={tab} />
      )}
      {search.size > 1 && (
        <Button type="link" onClick={() => choose(tab)}>
          {t('common.clear')}
        </Button>
      )}
    </>
  );
}
