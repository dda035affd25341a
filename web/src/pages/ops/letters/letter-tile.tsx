/** One letter: recipient, state and reason, and the acts that its state allows. */
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../../../api/client.ts';
import { casePath } from '../../../parts/case-path.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useFacilityName } from '../../../parts/zone.ts';
import { useWords } from '../../../words/index.ts';
import type { Letter } from '../runtime-queries.ts';
import { channelInWords, reasonInWords, timesInWords } from './letter-words.ts';

const ReasonDialog = lazy(async () => ({ default: (await import('../../../parts/reason-dialog.tsx')).ReasonDialog }));

const mayResend = (status: Letter['status']): boolean => ['failed', 'expired', 'unknown'].includes(status);
const mayGiveUp = (status: Letter['status']): boolean => ['queued', 'unknown'].includes(status);

export function LetterTile({ letter }: { letter: Letter }) {
  const words = useWords();
  const { t, pick } = words;
  const facilityName = useFacilityName();
  const { id, recipient, lane, channel, subject, status, reason, error, instance, facility, givenUp } = letter;
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
        <span className="strong">{subject ? pick(subject) : channelInWords(channel, t)}</span>
        <span className="tag">{t(`letters.lane.${lane}`)}</span>
        <span className="soft">
          {t('letters.to', {
            to: pick(recipient),
            channel: channelInWords(channel, t),
            facility: facilityName(facility),
          })}
        </span>
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
          {error !== undefined && <span className="soft"> {t('letters.gatewayError', { error })}</span>}
        </p>
      )}
      {givenUp && <p>{t('letters.givenUpBy', { by: givenUp.name, reason: givenUp.reason })}</p>}
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
