/** Patients by number or name; the way to the import of files, and events of patients who are not known. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Link, useNavigate } from 'react-router';
import { patientsQuery } from '../../api/patient-queries.ts';
import { Empty } from '../../parts/empty.tsx';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { FacilityFilter, useParameter } from '../../parts/list-filters.tsx';
import { LoadMore } from '../../parts/load-more.tsx';
import { SearchField } from '../../parts/search-field.tsx';
import { useFacilityName } from '../../parts/zone.ts';
import { hasDuty, usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import '../calls/calls.css';
import './patients.css';

export function Patients() {
  const { t } = useWords();
  const person = usePerson();
  const navigate = useNavigate();
  const facilityName = useFacilityName();
  const [q, setQ] = useParameter('q');
  const [facility] = useParameter('facility');
  const list = useInfiniteQuery(patientsQuery(q, facility));
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="heading">
        <h1>{t('patients.title')}</h1>
        <span className="spring" />
        {hasDuty(person, 'supply') && (
          <Button onClick={() => void navigate('/patients-import')}>{t('patients.import')}</Button>
        )}
      </div>
      <div className="filters">
        <SearchField
          className="grow"
          label={t('common.search')}
          placeholder={t('patients.search')}
          value={q}
          onSearch={setQ}
        />
        <FacilityFilter />
      </div>
      {list.isPending && <Skeleton active />}
      {list.error && <ErrorNotice error={list.error} retry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <Empty title={t('patients.empty')} hint={t('patients.emptyHint')} />}
      {items.length > 0 && (
        <section className="panel patient-list">
          <ul className="touch-list">
            {items.map((one) => (
              <li key={one.id}>
                <span className="line">
                  <Link className="name" to={`/patients/${encodeURIComponent(one.id)}`}>
                    {one.name ?? one.id}
                  </Link>
                  <span className="soft">{one.id}</span>
                  <span className="soft">{facilityName(one.facility)}</span>
                  {one.demo && <span className="tag">{t('patients.demo')}</span>}
                  {one.stopped && (
                    <span className="tag bad">
                      {t(`patients.stopped.${one.stopped.reason}`, { on: one.stopped.on })}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <LoadMore list={list} />
    </>
  );
}
