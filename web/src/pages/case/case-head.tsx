/** What it is, where it stands in words, and what its process declares of it. */
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import type { Explanation, OneInstance } from '../../api/client.ts';
import { casePath } from '../../parts/case-path.ts';
import { useNames } from '../../parts/people.ts';
import { useProcessNames } from '../../parts/process-names.ts';
import { StatusTag } from '../../parts/status-tag.tsx';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { hasDuty, usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';
import { Standing } from './standing.tsx';
import { Summary } from './summary.tsx';

const OperatorLinks = lazy(async () => ({ default: (await import('../ops/operator-links.tsx')).OperatorLinks }));

export function CaseHead({ instance, explanation }: { instance: OneInstance; explanation: Explanation | undefined }) {
  const { t, language } = useWords();
  const person = usePerson();
  const zone = useZone(instance.facility);
  const facilityName = useFacilityName();
  const { nameOf } = useProcessNames();
  const personName = useNames([instance.startedBy]);
  const time = instantInWords(instance.startedAt, { language, zone });
  return (
    <header className="case-head">
      <h1>
        {instance.title} <StatusTag instance={instance} />
        {instance.speed > 1 && <span className="tag">{`×${instance.speed}`}</span>}
      </h1>
      <p className="soft">
        {nameOf(instance.process)} · {instance.businessKey} · {facilityName(instance.facility)} ·{' '}
        {instance.startedBy === undefined
          ? t('case.startedAt', { time })
          : t('case.startedBy', { name: personName(instance.startedBy), time })}
      </p>
      {instance.parent && (
        <p>
          {t('case.parent')} <Link to={casePath(instance.parent)}>{instance.parent}</Link>
        </p>
      )}
      {hasDuty(person, 'operate') && (
        <Suspense>
          <OperatorLinks instance={instance} />
        </Suspense>
      )}
      {explanation && <Standing explanation={explanation} facility={instance.facility} />}
      <Summary columns={instance.summary.columns} facility={instance.facility} />
    </header>
  );
}
