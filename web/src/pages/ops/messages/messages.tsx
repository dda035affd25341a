/** Published messages by state, and the instances that wait for messages; a message that is not correlated yet can be withdrawn. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../../api/client.ts';
import { casePath } from '../../../parts/case-path.ts';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { useNames } from '../../../parts/people.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useFacilityName } from '../../../parts/zone.ts';
import { useWords } from '../../../words/index.ts';
import { type Message, messagesQuery } from '../runtime-queries.ts';
import { Subscriptions } from './subscriptions.tsx';

const ReasonDialog = lazy(async () => ({ default: (await import('../../../parts/reason-dialog.tsx')).ReasonDialog }));
const states = ['waiting', 'taken', 'expired', 'withdrawn'] as const;

export function Messages() {
  const { t } = useWords();
  const [asked, setState] = useParameter('state');
  const state = states.find((one) => one === asked) ?? 'waiting';
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.messages')}</h1>
        <Segmented
          aria-label={t('ops.filter.status')}
          value={asked === 'receivers' ? asked : state}
          onChange={setState}
          options={[
            ...states.map((value) => ({ value, label: t(`ops.message.${value}`) })),
            { value: 'receivers' as const, label: t('bulk.receivers') },
          ]}
        />
      </div>
      {asked === 'receivers' ? <Subscriptions /> : <Published state={state} />}
    </>
  );
}

function Published({ state }: { state: (typeof states)[number] }) {
  const { t } = useWords();
  const list = useQuery(messagesQuery(state));
  const nameOf = useNames(list.data?.items.map(({ sender }) => sender.staff) ?? []);
  const [withdrawing, setWithdrawing] = useState<Message>();
  const withdraw = useAct(
    ({ id, reason }: { id: string; reason: string }) =>
      bodyOf(api.DELETE('/api/messages/{id}', { params: { path: { id }, query: { reason } } })),
    { done: t('ops.messages.withdrawn'), stale: ['messages'], onDone: () => setWithdrawing(undefined) },
  );
  return (
    <>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t('ops.messages.empty')} hint={t('ops.messages.emptyHint')} />}
      <ul className="tiles">
        {list.data?.items.map((message) => (
          <MessageTile key={message.id} message={message} nameOf={nameOf} withdraw={() => setWithdrawing(message)} />
        ))}
      </ul>
      {withdrawing && (
        <Suspense>
          <ReasonDialog
            title={t('ops.messages.withdraw')}
            hint={t('ops.messages.withdrawHint')}
            busy={withdraw.isPending}
            close={() => setWithdrawing(undefined)}
            confirm={(reason) => withdraw.mutate({ id: withdrawing.id, reason })}
          />
        </Suspense>
      )}
    </>
  );
}

interface MessageTileProps {
  message: Message;
  nameOf(staff: string): string;
  withdraw(): void;
}

function MessageTile({ message, nameOf, withdraw }: MessageTileProps) {
  const { t, language } = useWords();
  const facilityName = useFacilityName();
  const { name, correlationKey, facility, sender, publishedAt, until, state, taker } = message;
  return (
    <li className="panel tile">
      <div className="report-head">
        <span className="strong">{name}</span>
        {correlationKey !== undefined && <span>{correlationKey}</span>}
        {facility !== undefined && <span className="soft">{facilityName(facility)}</span>}
        <span className="spring" />
        {state === 'waiting' && <Button onClick={withdraw}>{t('ops.messages.withdraw')}</Button>}
      </div>
      <p className="soft">
        {t('ops.messages.times', {
          from: instantInWords(publishedAt, { language }),
          until: instantInWords(until, { language }),
        })}
        {sender.staff !== undefined && ` · ${nameOf(sender.staff)}`}
      </p>
      {sender.instance !== undefined && (
        <p>
          {t('ops.messages.sender')} <Link to={casePath(sender.instance)}>{sender.instance}</Link>
        </p>
      )}
      {taker !== undefined && (
        <p>
          {t('ops.messages.taker')} <Link to={casePath(taker)}>{taker}</Link>
        </p>
      )}
    </li>
  );
}
