/** One patient: who it is, visits, follow-up planned and done with the reasons, consents, complaints. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link, useParams } from 'react-router';
import {
  chainQuery,
  chainsOfPatientQuery,
  complaintsOfPatientQuery,
  type Patient,
  patientQuery,
} from '../../api/patient-queries.ts';
import { casePath } from '../../parts/case-path.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';
import '../calls/calls.css';
import './patients.css';
import { TouchList } from './touch-list.tsx';

export function PatientPage() {
  const { id = '' } = useParams();
  const patient = useQuery(patientQuery(id));
  if (patient.isPending) return <Skeleton active />;
  if (!patient.data) return <ErrorNotice error={patient.error} retry={() => void patient.refetch()} />;
  return <OnePatient patient={patient.data} />;
}

function OnePatient({ patient }: { patient: Patient }) {
  const { t } = useWords();
  const facilityName = useFacilityName();
  const { id, facility, name, details, demo, stopped } = patient;
  return (
    <>
      <section className="panel patient-head">
        <h1>
          {name ?? id} <span className="soft">{id}</span>
          {demo && <span className="tag">{t('patients.demo')}</span>}
          {stopped && <span className="tag bad">{t(`patients.stopped.${stopped.reason}`, { on: stopped.on })}</span>}
        </h1>
        <p className="soft">
          {[
            facilityName(facility),
            details.sex && t(`patients.sex.${details.sex}`),
            details.bornOn && t('patients.bornOn', { on: details.bornOn }),
            details.phone,
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </section>
      <div className="case">
        <div className="case-main">
          <Chains patient={patient} />
        </div>
        <aside className="case-side">
          <Visits patient={patient} />
          <Consents patient={patient} />
          <Complaints patient={id} />
        </aside>
      </div>
    </>
  );
}

function Chains({ patient: { id, facility } }: { patient: Patient }) {
  const { t } = useWords();
  const zone = useZone(facility);
  const chains = useQuery(chainsOfPatientQuery(id));
  const all = useQueries({
    queries: (chains.data?.items ?? []).map(({ chain, updatedAt }) => chainQuery(chain, updatedAt)),
  });
  if (chains.error) return <ErrorNotice error={chains.error} retry={() => void chains.refetch()} />;
  if (chains.data?.items.length === 0) return <p className="panel soft note">{t('patients.noChains')}</p>;
  return all.map(({ data }, index) =>
    data === undefined ? (
      <Skeleton key={chains.data?.items[index]?.chain ?? index} active />
    ) : (
      <section key={data.chain} className="panel">
        <h2>
          {t('patients.chain', { chain: data.chain })}
          <span className={`tag ${data.status}`}>{t(`status.${data.status}`)}</span>
          <span className="spring" />
          <Link to={casePath(data.instance)}>{t('patients.openChain')}</Link>
        </h2>
        <TouchList touches={data.touches} zone={zone} />
        {data.touches.length === 0 && <p className="soft note">{t('patients.noTouches')}</p>}
      </section>
    ),
  );
}

function Visits({ patient: { visits, appointments, facility } }: { patient: Patient }) {
  const { t, language } = useWords();
  const zone = useZone(facility);
  return (
    <section className="panel">
      <h2>{t('patients.visits')}</h2>
      {visits.length + appointments.length === 0 && <p className="soft note">{t('patients.noVisits')}</p>}
      <ul className="touch-list">
        {appointments.map((one) => (
          <li key={`a ${one.number}`}>
            <span className="strong">
              {t('patients.appointment', { on: one.plannedOn ?? '' })} · {t(`patients.appointment.${one.status}`)}
            </span>
          </li>
        ))}
        {visits.map((one) => (
          <li key={`v ${one.number}`}>
            <span className="strong">{kindOf(one.kind, t)}</span>
            <span className="soft">
              {instantInWords(one.at, { language, zone })} · {one.number}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const kinds = ['first', 'revisit', 'dressing', 'treatment', 'surgery', 'sutures'] as const;
type T = ReturnType<typeof useWords>['t'];
const kindOf = (kind: string, t: T): string => {
  const known = kinds.find((one) => one === kind);
  return known ? t(`patients.kind.${known}`) : kind;
};

function Consents({ patient: { consents, facility } }: { patient: Patient }) {
  const { t, language } = useWords();
  const zone = useZone(facility);
  return (
    <section className="panel">
      <h2>{t('patients.consents')}</h2>
      {consents.length === 0 && <p className="soft note">{t('patients.noConsents')}</p>}
      <ul className="touch-list">
        {consents.toReversed().map((one) => (
          <li key={`${one.purpose} ${one.at} ${one.given}`}>
            <span className="strong">
              {t(`patients.purpose.${one.purpose}`)}: {t(one.given ? 'patients.given' : 'patients.withdrawn')}
            </span>
            <span className="soft">
              {instantInWords(one.at, { language, zone })} · {one.channel} · {one.wording}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Complaints({ patient }: { patient: string }) {
  const { t } = useWords();
  const { data } = useQuery(complaintsOfPatientQuery(patient));
  if (!data || data.items.length === 0) return null;
  return (
    <section className="panel">
      <h2>{t('patients.complaints')}</h2>
      <ul className="touch-list">
        {data.items.map((one) => (
          <li key={one.caseNumber}>
            {one.instance === undefined ? one.caseNumber : <Link to={casePath(one.instance)}>{one.caseNumber}</Link>}
            <span className="soft">{t(`status.${one.status}`)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
