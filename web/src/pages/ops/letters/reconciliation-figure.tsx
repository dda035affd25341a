/** Result of the last nightly reconciliation of letters without a receipt. */
import { Link } from 'react-router';
import { Figure } from '../../../parts/figure.tsx';
import { dayInWords } from '../../../parts/time.ts';
import { useWords } from '../../../words/index.ts';
import type { Gateways } from '../runtime-queries.ts';

export function ReconciliationFigure({ reconciliation }: { reconciliation: NonNullable<Gateways['reconciliation']> }) {
  const { t, language } = useWords();
  const { night, finishedAt, found } = reconciliation;
  const { delivered, failed, missing, open, unknown } = found;
  const asked = delivered + failed + missing + open + unknown;
  return (
    <Figure label={t('letters.night', { night: dayInWords(night, language) })} value={String(asked)} bad={missing > 0}>
      <span className="soft">
        {finishedAt === undefined && `${t('letters.night.running')} · `}
        {asked === 0 ? t('letters.night.none') : t('letters.night.found', { delivered, failed, open: open + unknown })}
      </span>
      {missing > 0 && (
        <Link className="bad" to="/ops/letters?status=failed">
          {t('letters.night.missing', { n: missing })}
        </Link>
      )}
    </Figure>
  );
}
