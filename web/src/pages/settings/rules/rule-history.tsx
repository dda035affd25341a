/** The versions of a rule set, newest first. */
import { Button } from 'antd';
import type { components } from '../../../../generated/api.d.ts';
import { useNames } from '../../../parts/people.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useWords } from '../../../words/index.ts';

export interface RuleHistoryProps {
  ruleSet: components['schemas']['RuleSet'];
  shown: number;
  choose(version: number): void;
}

export function RuleHistory({ ruleSet: { versions }, shown, choose }: RuleHistoryProps) {
  const { t, language } = useWords();
  const nameOf = useNames(versions.map(({ publishedBy }) => publishedBy));
  return (
    <section className="panel history">
      <h2>{t('rules.history')}</h2>
      <ul className="plain">
        {versions.map(({ version, validFrom, validTo, inForce, note, publishedBy, publishedAt }) => (
          <li key={version} className="row">
            <div>
              <p>
                <span className="strong">{t('rules.version', { version })}</span>{' '}
                {validTo === undefined
                  ? t('rules.from', { day: validFrom })
                  : t('rules.fromTo', { from: validFrom, to: validTo })}{' '}
                {inForce && <span className="tag met">{t('rules.inForce')}</span>}
              </p>
              <p className="soft">
                {publishedBy === undefined || publishedAt === undefined
                  ? t('rules.shipped')
                  : t('rules.publishedBy', {
                      name: nameOf(publishedBy),
                      time: instantInWords(publishedAt, { language }),
                    })}
                {note !== undefined && ` · ${note}`}
              </p>
            </div>
            <Button
              disabled={version === shown}
              aria-label={`${t('rules.show')}: ${t('rules.version', { version })}`}
              onClick={() => choose(version)}
            >
              {t('rules.show')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
