/** Acts that affect money: requested by one person, approved by another. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import type { components } from '../../../../generated/api.d.ts';
import { type ProposalState, proposalsQuery } from '../../../api/settings-queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { LoadMore } from '../../../parts/load-more.tsx';
import { useNames } from '../../../parts/people.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useWords } from '../../../words/index.ts';
import { ProposalDetails } from './proposal-details.tsx';
import { ProposalTag } from './proposal-tag.tsx';

type Proposal = components['schemas']['Proposal'];

const states: readonly ProposalState[] = ['open', 'releasing', 'released', 'rejected', 'refused'];

export function Proposals() {
  const { t } = useWords();
  const { id } = useParams();
  const [state = 'open', setState] = useParameter('state');
  const list = useInfiniteQuery(proposalsQuery(states.find((one) => one === state)));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const nameOf = useNames(items.map(({ proposedBy }) => proposedBy));
  return (
    <>
      <div className="heading">
        <h1>{t('settings.page.proposals')}</h1>
        <span className="spring" />
        <Choice
          label={t('ops.filter.status')}
          value={state}
          onChange={setState}
          options={[
            { value: 'all', label: t('common.all') },
            ...states.map((value) => ({ value, label: t(`proposal.state.${value}`) })),
          ]}
        />
      </div>
      <p className="soft intro">{t('proposal.intro')}</p>
      {id !== undefined && <ProposalDetails key={id} id={id} />}
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Empty title={t('proposal.empty')} hint={t('proposal.emptyHint')} />}
      <ul className="plain proposal-list">
        {items.map((one) => (
          <li key={one.id}>
            <Line proposal={one} name={nameOf(one.proposedBy)} chosen={one.id === id} />
          </li>
        ))}
      </ul>
      <LoadMore list={list} />
    </>
  );
}

function Line({ proposal, name, chosen }: { proposal: Proposal; name: string; chosen: boolean }) {
  const { t, language, listed } = useWords();
  return (
    <Link
      className="card"
      to={{ pathname: `/settings/proposals/${proposal.id}`, search: location.search }}
      {...(chosen && { 'aria-current': true })}
    >
      <header>
        <span className="strong">{proposal.reason}</span>
        <ProposalTag state={proposal.state} />
      </header>
      <p>
        <code>{proposal.act}</code>
      </p>
      <p className="soft">
        {t('proposal.by', { name, time: instantInWords(proposal.proposedAt, { language }) })} ·{' '}
        {listed(proposal.elements.slice(0, 3))}
      </p>
    </Link>
  );
}
