/** One person: roles, password, sessions, and whether they may log in. */
import { useQuery } from '@tanstack/react-query';
import { Alert, Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import { personQuery } from '../../../api/settings-queries.ts';
import { ErrorNotice } from '../../../parts/error-notice.tsx';
import { useWords } from '../../../words/index.ts';
import { PersonActs } from './person-acts.tsx';
import { PersonRoles } from './person-roles.tsx';
import { PersonSessions } from './person-sessions.tsx';
import { PersonSubstitutes } from './person-substitutes.tsx';
import { RoleTags } from './role-tags.tsx';
import { StaffStatus } from './staff-status.tsx';

export function PersonPage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const person = useQuery(personQuery(id));
  if (person.isPending) return <Skeleton active />;
  if (person.error) return <ErrorNotice error={person.error} retry={() => void person.refetch()} />;
  const { data } = person;
  return (
    <>
      <div className="heading">
        <h1>{data.name}</h1>
        <span className="soft">{data.id}</span>
        <StaffStatus person={data} />
        <span className="spring" />
        <Link to="/settings/staff">{t('common.back')}</Link>
      </div>
      {data.administrable ? (
        <div className="panels">
          <PersonActs person={data} />
          {data.pseudonymisedAt === undefined && <PersonRoles key={JSON.stringify(data.roles)} person={data} />}
          <PersonSubstitutes id={data.id} facility={data.roles.find((one) => one.facility !== '*')?.facility} />
          <PersonSessions id={data.id} />
        </div>
      ) : (
        <section className="panel">
          <Alert type="info" banner title={t('staff.notYours')} />
          <div className="note">
            <RoleTags roles={data.roles} />
          </div>
        </section>
      )}
    </>
  );
}
