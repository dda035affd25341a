/** Job types: who runs them, whether a worker is available, and their contract. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { components } from '../../../../generated/api.d.ts';
import { jobTypesQuery } from '../../../api/settings-queries.ts';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { useProcessNames } from '../../../parts/process-names.ts';
import { SearchField } from '../../../parts/search-field.tsx';
import { durationInWords } from '../../../parts/span.ts';
import { useWords, type WordsInUse } from '../../../words/index.ts';

type JobType = components['schemas']['JobType'];

/** Registered types are described in the language of whoever registered them. */
const describe = ({ words, description }: JobType, pick: WordsInUse['pick']): string | undefined =>
  words ? pick(words) : description;

export function JobTypes() {
  const { t, pick } = useWords();
  const [q = '', setQ] = useParameter('q');
  const list = useQuery(jobTypesQuery);
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const items = list.data.items.filter((one) =>
    `${one.type} ${describe(one, pick) ?? ''}`.toLowerCase().includes(q.toLowerCase()),
  );
  return (
    <>
      <div className="heading">
        <h1>{t('settings.page.job-types')}</h1>
      </div>
      <p className="soft intro">{t('jobTypes.intro')}</p>
      <div className="filters">
        <SearchField
          className="grow"
          label={t('common.search')}
          placeholder={t('common.search')}
          value={q}
          onSearch={(text) => setQ(text.trim())}
        />
      </div>
      {items.length === 0 && <Empty title={t('jobTypes.empty')} />}
      <ul className="plain proposal-list">
        {items.map((one) => (
          <li key={one.type} className="card">
            <JobTypeCard jobType={one} />
          </li>
        ))}
      </ul>
    </>
  );
}

function JobTypeCard({ jobType }: { jobType: JobType }) {
  const { t, listed, pick } = useWords();
  const { nameOf } = useProcessNames();
  const description = describe(jobType, pick);
  const { type, builtIn, taskQueue, served, movesMoney, retry, usedBy, input, output, outputs, errors } = jobType;
  const times = (['startToCloseTimeout', 'heartbeatTimeout', 'scheduleToStartTimeout'] as const).flatMap((name) => {
    const value = jobType[name];
    return value === undefined ? [] : [t(`jobTypes.${name}`, { value: durationInWords(value, t) })];
  });
  const contract = {
    ...(input && { input }),
    ...(output && { output }),
    ...(outputs && { outputs }),
    ...(errors && { errors }),
  };
  return (
    <>
      <header>
        <code className="strong">{type}</code>
        <span className={served ? 'tag met' : 'tag bad'}>{t(served ? 'jobTypes.served' : 'jobTypes.unserved')}</span>
      </header>
      {description && <p>{description}</p>}
      <p className="soft">
        {[
          t(builtIn ? 'jobTypes.builtIn' : 'jobTypes.registered'),
          t('jobTypes.queue', { queue: taskQueue }),
          ...times,
          ...(retry
            ? [
                t('jobTypes.retry', {
                  first: durationInWords(retry.initialInterval, t),
                  longest: durationInWords(retry.maximumInterval, t),
                }),
              ]
            : []),
        ].join(' · ')}{' '}
        {movesMoney && <span className="tag warn">{t('jobTypes.movesMoney')}</span>}
      </p>
      <p className="soft">
        {usedBy.length === 0
          ? t('jobTypes.unused')
          : t('jobTypes.usedBy', {
              which: listed(usedBy.map(({ process, version }) => `${nameOf(process)} ${version}`)),
            })}
      </p>
      {Object.keys(contract).length > 0 && (
        <details>
          <summary>{t('jobTypes.contract')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard */}
          <pre tabIndex={0}>{JSON.stringify(contract, null, 2)}</pre>
        </details>
      )}
    </>
  );
}
