/** People: who works where in which role, and whether they can log in. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { components } from '../../../../generated/api.d.ts';
import { type StaffFilters, staffQuery } from '../../../api/settings-queries.ts';
import { Choice } from '../../../parts/choice.tsx';
import { Empty } from '../../../parts/empty.tsx';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { FacilityFilter, useParameter } from '../../../parts/list-filters.tsx';
import { LoadMore } from '../../../parts/load-more.tsx';
import { SearchField } from '../../../parts/search-field.tsx';
import { useWords } from '../../../words/index.ts';
import { useRoles } from '../roles.ts';
import { RoleTags } from './role-tags.tsx';
import { StaffStatus } from './staff-status.tsx';

const AddPerson = lazy(async () => ({ default: (await import('./add-person.tsx')).AddPerson }));

export function StaffList() {
  const { t } = useWords();
  const [adding, setAdding] = useState(false);
  return (
    <>
      <div className="heading">
        <h1>{t('settings.page.staff')}</h1>
        <span className="spring" />
        <Button type="primary" onClick={() => setAdding(true)}>
          {t('staff.add')}
        </Button>
      </div>
      <Filters />
      <List />
      {adding && (
        <Suspense>
          <AddPerson close={() => setAdding(false)} />
        </Suspense>
      )}
    </>
  );
}

function Filters() {
  const { t } = useWords();
  const { all } = useRoles();
  const [q, setQ] = useParameter('q');
  const [role, setRole] = useParameter('role');
  const [active, setActive] = useParameter('active');
  return (
    <div className="filters">
      <SearchField
        className="grow"
        placeholder={t('staff.search')}
        label={t('common.search')}
        value={q}
        onSearch={setQ}
      />
      <FacilityFilter />
      <Choice
        label={t('staff.role')}
        className="role-filter"
        value={role ?? ''}
        onChange={setRole}
        options={[{ value: '', label: t('staff.roleAll') }, ...all]}
      />
      <Choice
        label={t('staff.status')}
        value={active ?? ''}
        onChange={setActive}
        options={[
          { value: '', label: t('staff.statusAll') },
          { value: 'true', label: t('staff.active') },
          { value: 'false', label: t('staff.disabled') },
        ]}
      />
    </div>
  );
}

function useFilters(): StaffFilters {
  const [[q], [facility], [role], [active]] = [
    useParameter('q'),
    useParameter('facility'),
    useParameter('role'),
    useParameter('active'),
  ];
  return {
    ...(q && { q }),
    ...(facility && { facility }),
    ...(role && { role }),
    ...(active && { active: active === 'true' }),
  };
}

function List() {
  const { t } = useWords();
  const list = useInfiniteQuery(staffQuery(useFilters()));
  if (list.isPending) return <Skeleton active />;
  if (list.error) return <ErrorNotice error={list.error} retry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={t('staff.empty')} hint={t('staff.emptyHint')} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="grid" tabIndex={0} aria-label={t('settings.page.staff')}>
      <table className="low">
        <thead>
          <tr>
            <th scope="col" className="person">
              {t('staff.name')}
            </th>
            <th scope="col" className="wide-only">
              {t('staff.roles')}
            </th>
            <th scope="col" className="narrow">
              {t('staff.status')}
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((one) => (
            <Row key={one.id} person={one} />
          ))}
        </tbody>
      </table>
      <LoadMore list={list} />
    </section>
  );
}

function Row({ person }: { person: components['schemas']['Person'] }) {
  return (
    <tr>
      <td className="person">
        <Link to={`/settings/staff/${encodeURIComponent(person.id)}`} className="strong">
          {person.name}
        </Link>
        <div className="soft">{person.id}</div>
      </td>
      <td className="wide-only">
        <RoleTags roles={person.roles} />
      </td>
      <td className="narrow">
        <StaffStatus person={person} />
      </td>
    </tr>
  );
}
