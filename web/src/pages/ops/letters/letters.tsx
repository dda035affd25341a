/** Letters on their way out: those that were given up first, with what the gateway said, to be sent again. */
import { useQuery } from '@tanstack/react-query';
import { Button, Segmented, Skeleton } from 'antd';
import { Link } from 'react-router';
import { api, bodyOf } from '../../../api/client.ts';
import { casePath } from '../../../parts/case-path.ts';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { instantInWords } from '../../../parts/time.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import { type Letter, lettersQuery } from '../runtime-queries.ts';

const statuses = ['failed', 'waiting', 'sending', 'sent'] as const;

export function Letters() {
  const { t } = useWords();
  const [asked, setStatus] = useParameter('status');
  const status = statuses.find((one) => one === asked) ?? 'failed';
  const list = useQuery(lettersQuery(status));
  return (
    <>
      <div className="heading">
        <h1>{t('ops.nav.letters')}</h1>
        <Segmented
          aria-label={t('ops.filter.status')}
          value={status}
          onChange={setStatus}
          options={statuses.map((value) => ({ value, label: t(`ops.letter.${value}`) }))}
        />
      </div>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data?.items.length === 0 && <Empty title={t('ops.letters.empty')} hint={t('ops.letters.emptyHint')} />}
      <ul className="tiles">
        {list.data?.items.map((letter) => (
          <LetterTile key={letter.id} letter={letter} />
        ))}
      </ul>
    </>
  );
}

function LetterTile({ letter }: { letter: Letter }) {
  const { t, language } = useWords();
  const { id, to, channel, template, status, attempts, createdAt, error, instance, facility } = letter;
  const resend = useAct(
    (_: undefined, key: string) =>
      bodyOf(api.POST('/api/letters/{id}/resend', { params: { path: { id }, header: { 'Idempotency-Key': key } } })),
    { done: t('ops.letters.resent'), stale: ['letters'] },
  );
  return (
    <li className="panel tile">
      <div className="report-head">
        <span className="strong">{template ?? channel}</span>
        <span className="soft">{t('ops.letters.to', { to, channel, facility })}</span>
        <span className="spring" />
        {status === 'failed' && (
          <Button type="primary" loading={resend.isPending} onClick={() => resend.mutate(undefined)}>
            {t('ops.letters.resend')}
          </Button>
        )}
      </div>
      <p className="soft">
        {t('ops.letters.about', { time: instantInWords(createdAt, { language }), n: attempts })}
        {' · '}
        <Link to={casePath(instance)}>{instance}</Link>
      </p>
      {error !== undefined && <p className="bad">{error}</p>}
    </li>
  );
}
