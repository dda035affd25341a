/** Letters on their way out: those that failed first, why, and what people can do; above them the gateways that carry them. */
import { useQuery } from '@tanstack/react-query';
import { Select, Skeleton } from 'antd';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { useWords } from '../../../words/index.ts';
import { gatewaysQuery, lettersQuery } from '../runtime-queries.ts';
import { GatewayPanel } from './gateway-panel.tsx';
import { LetterActs } from './letter-acts.tsx';
import { LetterTile } from './letter-tile.tsx';

const statuses = ['failed', 'unknown', 'queued', 'sending', 'suppressed', 'expired', 'sent', 'delivered'] as const;
const lanes = ['urgent', 'service', 'marketing'] as const;

export function Letters() {
  const { t } = useWords();
  const [askedStatus, setStatus] = useParameter('status');
  const [askedLane, setLane] = useParameter('lane');
  const status = statuses.find((one) => one === askedStatus) ?? 'failed';
  const lane = lanes.find((one) => one === askedLane);
  const asked = { status, ...(lane && { lane }) };
  const list = useQuery(lettersQuery(asked));
  const gateways = useQuery(gatewaysQuery);
  const countOf = (one: (typeof statuses)[number]) => gateways.data?.counts[one] ?? 0;
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.letters')}</h1>
        <Select
          aria-label={t('ops.filter.status')}
          className="letter-filter"
          value={status}
          onChange={setStatus}
          options={statuses.map((value) => ({
            value,
            label: `${t(`letters.status.${value}`)} ${countOf(value) || ''}`.trim(),
          }))}
        />
        <Select
          aria-label={t('letters.lane')}
          className="letter-filter"
          value={lane ?? ''}
          onChange={setLane}
          options={[
            { value: '', label: t('letters.everyLane') },
            ...lanes.map((value) => ({ value, label: t(`letters.lane.${value}`) })),
          ]}
        />
        <span className="spring" />
        {(list.data?.items.length ?? 0) > 1 && <LetterActs asked={asked} />}
      </div>
      {gateways.error && <ErrorNotice error={gateways.error} retry={() => void gateways.refetch()} />}
      {gateways.data && <GatewayPanel gateways={gateways.data} />}
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t('letters.empty')} hint={t('letters.emptyHint')} />}
      <ul className="tiles">
        {list.data?.items.map((letter) => (
          <LetterTile key={letter.id} letter={letter} />
        ))}
      </ul>
    </>
  );
}
