/** One letter: to whom, why it stands where it does, and what can be done. */
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../../api/client.ts';
import { casePath } from '../../../parts/case-path.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import type { Letter } from '../runtime-queries.ts';
import { reasonInWords, timesInWords } from './letter-words.ts';

const ReasonDialog = lazy(async () => ({ default: (await import('../../../parts/reason-dialog.tsx')).ReasonDialog }));

const mayResend = (status: Letter['status']): boolean => ['failed', 'expired', 'unknown'].includes(status);
const mayGiveUp = (status: Letter['status']): boolean => ['queued', 'unknown'].includes(status);

export function LetterTile({ letter }: { letter: Letter }) {
  const words = useWords();
  const { t } = words;
  const { id, to, lane, channel, template, status, reason, error, instance, facility, givenUp } = letter;
  const [givingUp, setGivingUp] = useState(false);
  const header = (key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });
  const resend = useAct(
    (_: undefined, key: string) => bodyOf(api.POST('/api/letters/{id}/resend', { params: header(key) })),
    { done: t('letters.resent'), stale: ['letters', 'gateways'] },
  );
  const giveUp = useAct(
    (why: string, key: string) =>
      bodyOf(api.POST('/api/letters/{id}/give-up', { params: header(key), body: { reason: why } })),
    { done: t('letters.givenUp'), stale: ['letters', 'gateways'], onDone: () => setGivingUp(false) },
  );
  return (
    <li className="panel tile">
      <div className="report-head">
        <span className="strong">{template ?? channel}</span>
        <span className="tag">{t(`letters.lane.${lane}`)}</span>
        <span className="soft">{t('letters.to', { to, channel, facility })}</span>
        <span className="spring" />
        {mayGiveUp(status) && <Button onClick={() => setGivingUp(true)}>{t('letters.giveUp')}</Button>}
        {mayResend(status) && (
          <Button
            type={status === 'unknown' ? 'default' : 'primary'}
            loading={resend.isPending}
            onClick={() => resend.mutate(undefined)}
          >
            {t(status === 'unknown' ? 'letters.resendUnknown' : 'letters.resend')}
          </Button>
        )}
      </div>
      {reason !== undefined && (
        <p className={status === 'failed' || status === 'unknown' ? 'bad' : ''}>
          {reasonInWords(reason, t)}
          {error !== undefined && ` · ${error}`}
        </p>
      )}
      {givenUp && <p>{t('letters.givenUpBy', { by: givenUp.by, reason: givenUp.reason })}</p>}
      <p className="soft">
        {timesInWords(letter, words).join(' · ')}
        {' · '}
        <Link to={casePath(instance)}>{instance}</Link>
      </p>
      {givingUp && (
        <Suspense>
          <ReasonDialog
            title={t('letters.giveUp')}
            hint={t('letters.giveUpHint')}
            busy={giveUp.isPending}
            close={() => setGivingUp(false)}
            confirm={(why) => giveUp.mutate(why)}
          />
        </Suspense>
      )}
    </li>
  );
}
