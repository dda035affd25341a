/** The facilities: names, zone, which rules and which calendar hold there. */
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import type { components } from '../../../../generated/api.d.ts';
import { facilitiesQuery } from '../../../api/settings-queries.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { usePerson } from '../../../person.ts';
import { useWords } from '../../../words/index.ts';

const AddFacility = lazy(async () => ({ default: (await import('./add-facility.tsx')).AddFacility }));
const EditFacility = lazy(async () => ({ default: (await import('./edit-facility.tsx')).EditFacility }));

export function Facilities() {
  const { t } = useWords();
  const person = usePerson();
  const list = useQuery(facilitiesQuery);
  const [editing, setEditing] = useState<components['schemas']['Facility']>();
  const [adding, setAdding] = useState(false);
  const mayEdit = person.roles.some(({ facility, duties }) => facility === '*' && duties.includes('operate'));
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  return (
    <>
      <div className="heading">
        <h1>{t('settings.page.facilities')}</h1>
        <span className="spring" />
        {mayEdit && (
          <Button type="primary" onClick={() => setAdding(true)}>
            {t('facilities.add')}
          </Button>
        )}
      </div>
      <p className="soft intro">{t('facilities.intro')}</p>
      <ul className="plain proposal-list">
        {list.data.items.map((one) => (
          <li key={one.code} className="card">
            <header>
              <span className="strong">
                {one.name} <span className="soft">{one.englishName}</span>
              </span>
              <span className="tag">{one.code}</span>
            </header>
            <dl className="summary">
              <dt>{t('facilities.zone')}</dt>
              <dd>{one.zone}</dd>
              <dt>{t('facilities.region')}</dt>
              <dd>
                {one.region} ·{' '}
                {one.ruleSet === null
                  ? t('facilities.noRules')
                  : t('rules.of', { key: one.ruleSet.name, version: one.ruleSet.version })}
              </dd>
              <dt>{t('settings.page.calendar')}</dt>
              <dd>{one.calendar}</dd>
            </dl>
            {mayEdit && (
              <Button aria-label={`${t('facilities.edit')}: ${one.name}`} onClick={() => setEditing(one)}>
                {t('facilities.edit')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {adding && (
        <Suspense>
          <AddFacility all={list.data.items} close={() => setAdding(false)} />
        </Suspense>
      )}
      {editing && (
        <Suspense>
          <EditFacility facility={editing} all={list.data.items} close={() => setEditing(undefined)} />
        </Suspense>
      )}
    </>
  );
}
