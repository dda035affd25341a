/** What a version of a rule set would change: rule by rule, and for which processes. */
import { Alert } from 'antd';
import type { components } from '../../../../generated/api.d.ts';
import { useProcessNames } from '../../../parts/process-names.ts';
import { useWords } from '../../../words/index.ts';
import { useRoles } from '../roles.ts';
import { type Rule, valueInWords } from './rule-values.ts';

export interface RuleChangesProps {
  answer: components['schemas']['PublishedRules'];
  rules: Rule[];
}

export function RuleChanges({ answer, rules }: RuleChangesProps) {
  const { t, named, listed } = useWords();
  const { nameOf: roleName } = useRoles();
  const { nameOf } = useProcessNames();
  const { ruleSet, changes, newCases, money, replacedFrom } = answer;
  const ruleOf = (path: string) => rules.find((one) => one.path === path);
  const label = (path: string) => named({ name: path, ...ruleOf(path) });
  const words = (path: string, value: unknown) =>
    valueInWords(ruleOf(path)?.kind ?? 'other', value, { t, listed }, roleName);
  if (changes.length === 0) return <Alert type="info" showIcon title={t('rules.noChange')} />;
  return (
    <div className="rule-changes" role="status">
      <ul className="plain">
        {changes.map(({ path, before, after }) => (
          <li key={path}>
            <span className="strong">{label(path)}</span>{' '}
            {before === undefined ? t('rules.nothing') : words(path, before)} → {words(path, after)}
          </li>
        ))}
      </ul>
      <p>{t('rules.running', { day: ruleSet.validFrom })}</p>
      {newCases.map(({ process, paths }) => (
        <p key={process}>{t('rules.newCases', { process: nameOf(process), rules: listed(paths.map(label)) })}</p>
      ))}
      {replacedFrom !== undefined && (
        <Alert type="warning" showIcon title={t('rules.replaced', { day: replacedFrom })} />
      )}
      {money.length > 0 && <Alert type="warning" showIcon title={t('rules.money')} />}
    </div>
  );
}
