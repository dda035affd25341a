/** One facility's week: what was done, how satisfied people were, and the marks question by question. */
import type { WeekReport } from '../../api/patient-queries.ts';
import { Figure } from '../../parts/figure.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import '../../styles/ops.css';

/** Of fewer answers a mean says little. */
const enough = 10;

export function WeekPanel({ report }: { report: WeekReport }) {
  const { t, language } = useWords();
  const { facility, from, until, figures } = report;
  const zone = useZone(facility);
  const name = useFacilityName()(facility);
  const instant = (at: string) => instantInWords(at, { language, zone });
  const share = (part: number) =>
    figures.calls > 0 ? t('figures.share', { n: Math.round((part / figures.calls) * 100) }) : '';
  const { meanScore, meanScoreBefore } = figures;
  return (
    <section aria-label={name}>
      <div className="heading">
        <h2>{name}</h2>
        <span className="soft">{t('figures.range', { from: instant(from), until: instant(until) })}</span>
      </div>
      <ul className="figures">
        <Figure label={t('figures.meanScore')} value={meanScore === undefined ? '–' : String(meanScore)}>
          {meanScoreBefore === undefined ? t('figures.noBefore') : t('figures.before', { n: meanScoreBefore })}
        </Figure>
        <Figure label={t('figures.calls')} value={String(figures.calls)} />
        <Figure label={t('figures.sameDay')} value={String(figures.sameDay)}>
          {share(figures.sameDay)}
        </Figure>
        <Figure label={t('figures.reached')} value={String(figures.reached)}>
          {share(figures.reached)}
        </Figure>
        <Figure label={t('figures.messagesInstead')} value={String(figures.messagesInstead)}>
          {share(figures.messagesInstead)}
        </Figure>
        <Figure label={t('figures.answered')} value={String(figures.answered)} />
        <Figure
          label={t('figures.redFlags')}
          value={String(figures.redFlags)}
          bad={figures.redFlagsInTime < figures.redFlags}
        >
          {figures.redFlags > 0 && t('figures.inTime', { n: figures.redFlagsInTime })}
        </Figure>
        <Figure label={t('figures.complaints')} value={String(figures.complaints)} />
        <Figure label={t('figures.remarksOpen')} value={String(figures.remarksOpen)}>
          {t('figures.remarksSolved', { n: figures.remarksSolved })}
        </Figure>
      </ul>
      {figures.questions.length === 0 ? (
        <p className="soft">{t('figures.noQuestions')}</p>
      ) : (
        <Questions questions={figures.questions} label={`${name}: ${t('figures.questions')}`} />
      )}
    </section>
  );
}

function Questions({ questions, label }: { questions: WeekReport['figures']['questions']; label: string }) {
  const { t, pick } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="grid numbers" tabIndex={0} aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('figures.question')}</th>
            <th scope="col" className="number">
              {t('figures.count')}
            </th>
            <th scope="col" className="number">
              {t('figures.mean')}
            </th>
            <th scope="col" className="number">
              {t('figures.satisfied')}
            </th>
          </tr>
        </thead>
        <tbody>
          {questions.map((one) => (
            <tr key={`${one.questionnaire} ${one.question}`} className={one.count < enough ? 'soft' : ''}>
              <th scope="row">
                {pick(one.questionnaireName)} · {pick(one.questionName)}
              </th>
              <td className="number" title={one.count < enough ? t('figures.few') : undefined}>
                {one.count}
                {one.count < enough && ' *'}
              </td>
              <td className="number">{one.mean.toFixed(1)}</td>
              <td className="number">{one.satisfied}%</td>
            </tr>
          ))}
        </tbody>
      </table>
      {questions.some(({ count }) => count < enough) && <p className="soft note">* {t('figures.few')}</p>}
    </section>
  );
}
