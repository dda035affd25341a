/** How the gateways do: whether they take letters, how long letters wait, and lanes that wait for somebody. */
import { Button } from 'antd';
import { api, bodyOf } from '../../../api/client.ts';
import { Figure } from '../../../parts/figure.tsx';
import { spanInWords } from '../../../parts/span.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useAct } from '../../../parts/use-act.ts';
import { useWords } from '../../../words/index.ts';
import type { Gateways } from '../runtime-queries.ts';
import { ReconciliationFigure } from './reconciliation-figure.tsx';

type Gateway = Gateways['items'][number];

/** Workers look every few seconds. */
const silentMs = 120_000;
const longMs = 600_000;

export function GatewayPanel({ gateways }: { gateways: Gateways }) {
  const { t, language } = useWords();
  const { items, longestDueMs, reconciliation } = gateways;
  const resume = useAct(
    ({ audience, lane }: { audience: Gateway['audience']; lane: Gateway['paused'][number]['lane'] }, key: string) =>
      bodyOf(
        api.POST('/api/gateways/{audience}/lanes/{lane}/resume', {
          params: { path: { audience, lane }, header: { 'Idempotency-Key': key } },
          body: {},
        }),
      ),
    { done: t('letters.resumed'), stale: ['gateways', 'letters'] },
  );
  const stateOf = ({ away, seenAt }: Gateway) =>
    away !== undefined ? 'away' : Date.now() - Date.parse(seenAt) > silentMs ? 'silent' : 'up';
  return (
    <>
      {items.length === 0 && <p className="soft">{t('letters.gateway.none')}</p>}
      <ul className="figures">
        {items.map((one) => (
          <Figure
            key={one.audience}
            label={t(`letters.gateway.${one.audience}`)}
            value={t(`letters.gateway.${stateOf(one)}`)}
            bad={stateOf(one) !== 'up'}
          >
            <span className="soft">
              {stateOf(one) === 'silent'
                ? t('letters.gateway.seen', { time: instantInWords(one.seenAt, { language }) })
                : t('letters.gateway.since', { name: one.name, time: instantInWords(one.since, { language }) })}
            </span>
            {one.away !== undefined && <span className="bad"> {one.away}</span>}
            {one.page !== undefined && (
              <div>
                <a href={one.page} target="_blank" rel="noreferrer">
                  {t('letters.gateway.page')}
                </a>
              </div>
            )}
          </Figure>
        ))}
        <Figure
          label={t('letters.gateway.longest')}
          value={longestDueMs === undefined ? '–' : spanInWords(longestDueMs, t)}
          bad={(longestDueMs ?? 0) > longMs}
        >
          <span className="soft">{longestDueMs === undefined && t('letters.gateway.nobodyWaits')}</span>
        </Figure>
        {reconciliation && <ReconciliationFigure reconciliation={reconciliation} />}
      </ul>
      {items.flatMap(({ audience, paused }) =>
        paused.map(({ lane, at, code, message }) => (
          <section key={`${audience} ${lane}`} className="panel tile" role="alert">
            <div className="report-head">
              <span className="strong bad">{t('letters.paused', { lane: t(`letters.lane.${lane}`) })}</span>
              <span className="spring" />
              <Button type="primary" loading={resume.isPending} onClick={() => resume.mutate({ audience, lane })}>
                {t('letters.resume')}
              </Button>
            </div>
            <p>{t('letters.pausedWhy', { time: instantInWords(at, { language }), code, message })}</p>
            <p className="soft">{t('letters.pausedHint')}</p>
          </section>
        )),
      )}
    </>
  );
}
