/** A version of a rule set as a table beside what holds today; of the newest one a next version is made. */
import { useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { useProcessNames } from '../../../parts/process-names.ts';
import { useWords } from '../../../words/index.ts';
import { useRoles } from '../roles.ts';
import { PublishRules } from './publish-rules.tsx';
import { RuleInput } from './rule-input.tsx';
import { type Rule, valueInWords } from './rule-values.ts';

type Version = components['schemas']['RuleSetVersion'];

export interface RuleEditorProps {
  shown: Version;
  /** What holds today. */
  now: Version;
  editable: boolean;
  published(): void;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function RuleEditor({ shown, now, editable, published }: RuleEditorProps) {
  const { t, named } = useWords();
  /** Undefined values are those that cannot be read. */
  const [typed, setTyped] = useState<ReadonlyMap<string, unknown>>(new Map());
  const held = new Map(now.groups.flatMap(({ rules }) => rules).map((rule) => [rule.path, rule]));
  const put = ({ path, value }: Rule, next: unknown) => {
    const after = new Map(typed);
    if (same(value, next)) after.delete(path);
    else after.set(path, next);
    setTyped(after);
  };
  return (
    <>
      {shown.groups.map(({ path, rules, ...names }) => (
        <div key={path} className="grid rules">
          <table>
            <caption>{named({ name: path, ...names })}</caption>
            <thead>
              <tr>
                <th scope="col">{t('rules.rule')}</th>
                <th scope="col">{t('rules.now')}</th>
                <th scope="col">{editable ? t('rules.next') : t('rules.inVersion', { version: shown.version })}</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((rule) => (
                <Row
                  key={rule.path}
                  rule={rule}
                  held={held.get(rule.path)}
                  value={typed.has(rule.path) ? typed.get(rule.path) : rule.value}
                  editable={editable}
                  onChange={(next) => put(rule, next)}
                />
              ))}
            </tbody>
          </table>
        </div>
      ))}
      {editable && <PublishRules base={shown} typed={typed} published={published} />}
    </>
  );
}

interface RowProps {
  rule: Rule;
  held: Rule | undefined;
  value: unknown;
  editable: boolean;
  onChange(value: unknown): void;
}

function Row({ rule, held, value, editable, onChange }: RowProps) {
  const { t, named, listed } = useWords();
  const { nameOf: roleName } = useRoles();
  const { nameOf } = useProcessNames();
  const label = named({ name: rule.path, ...rule });
  const words = (of: Rule) => valueInWords(of.kind, of.value, { t, listed }, roleName);
  return (
    <tr className={same(held?.value, value) ? '' : 'changed'}>
      <th scope="row">
        {label}
        <div className="soft">{rule.readBy.length > 0 ? listed(rule.readBy.map(nameOf)) : t('rules.readByNone')}</div>
      </th>
      <td className="soft">{held ? words(held) : t('rules.nothing')}</td>
      <td>{editable ? <RuleInput rule={rule} label={label} value={value} onChange={onChange} /> : words(rule)}</td>
    </tr>
  );
}
