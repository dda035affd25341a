/** Rule sets: per region, what holds today, its history, and the next version. */
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import type { components } from '../../../../generated/api.d.ts';
import { ruleSetsQuery, ruleVersionQuery } from '../../../api/settings-queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useParameter } from '../../../parts/list-filters.tsx';
import { useFacilityName } from '../../../parts/zone.ts';
import { usePerson } from '../../../person.ts';
import { useWords } from '../../../words/index.ts';
import { RuleEditor } from './rule-editor.tsx';
import { RuleHistory } from './rule-history.tsx';

type RuleSet = components['schemas']['RuleSet'];

export function Rules() {
  const { t } = useWords();
  const list = useQuery(ruleSetsQuery);
  const [chosen, choose] = useParameter('set');
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const { items } = list.data;
  const ruleSet = items.find(({ key }) => key === chosen) ?? items[0];
  if (!ruleSet) return <Empty title={t('rules.empty')} />;
  return <OneRuleSet key={ruleSet.key} ruleSet={ruleSet} all={items} choose={choose} />;
}

function OneRuleSet({ ruleSet, all, choose }: { ruleSet: RuleSet; all: RuleSet[]; choose(key: string): void }) {
  const { t, listed } = useWords();
  const facilityName = useFacilityName();
  const person = usePerson();
  const [asked, setVersion] = useParameter('version');
  const newest = ruleSet.versions[0]?.version ?? 0;
  const held = ruleSet.versions.find(({ inForce }) => inForce)?.version;
  const version = Number(asked ?? newest);
  const shown = useQuery(ruleVersionQuery(ruleSet.key, version));
  const now = useQuery({ ...ruleVersionQuery(ruleSet.key, held ?? version) });
  const mayPublish = person.roles.some(({ facility, duties }) => facility === '*' && duties.includes('operate'));
  return (
    <>
      <div className="heading">
        <h1>{t('settings.page.rules')}</h1>
        {all.length > 1 && (
          <Choice
            label={t('settings.page.rules')}
            value={ruleSet.key}
            onChange={choose}
            options={all.map(({ key, facilities }) => ({
              value: key,
              label: listed(facilities.map(facilityName)) || key,
            }))}
          />
        )}
        <span className="soft">{t('rules.of', { key: ruleSet.key, version })}</span>
      </div>
      <p className="soft intro">{t('rules.intro')}</p>
      {shown.error && <ErrorNotice error={shown.error} />}
      {(shown.isPending || now.isPending) && <Skeleton active />}
      {shown.data && now.data && (
        <RuleEditor
          key={version}
          shown={shown.data}
          now={now.data}
          editable={mayPublish && version === newest}
          published={() => setVersion(undefined)}
        />
      )}
      <RuleHistory ruleSet={ruleSet} shown={version} choose={(one) => setVersion(String(one))} />
    </>
  );
}
