/** Instances that are stuck: what stopped them, why, what can be done, and the acts. */
import { Button, Checkbox, Dropdown } from 'antd';
import { Link } from 'react-router';
import type { Instance } from '../../../api/client.ts';
import type { AskedAct } from '../../../parts/batches/act-dialogs.tsx';
import type { BulkActs } from '../../../parts/batches/bulk-acts.tsx';
import { casePath, lineagePath, replayPath } from '../../../parts/case-path.ts';
import { useProcessNames } from '../../../parts/process-names.ts';
import { instantInWords } from '../../../parts/time.ts';
import { useFacilityName, useZone } from '../../../parts/zone.ts';
import { useWords } from '../../../words/index.ts';
import { TemporalLink } from '../temporal-link.tsx';

export function StuckList({ items, bulk }: { items: Instance[]; bulk: BulkActs }) {
  const { t } = useWords();
  return (
    <ul className="tiles" aria-label={t('ops.incidents.title')}>
      {items.map((instance) => (
        <Stuck key={instance.id} instance={instance} bulk={bulk} />
      ))}
    </ul>
  );
}

function Stuck({ instance, bulk }: { instance: Instance; bulk: BulkActs }) {
  const { picked, busy } = bulk;
  const { t } = useWords();
  const facilityName = useFacilityName();
  const { nameOf } = useProcessNames();
  return (
    <li className="panel tile stuck">
      <Checkbox
        aria-label={t('inbox.select', { name: instance.title })}
        checked={picked.all || picked.ids.has(instance.id)}
        onChange={() => picked.toggle(instance.id)}
      />
      <div className="stuck-about">
        <div className="report-head">
          <Link to={casePath(instance.id)} className="strong">
            {instance.title}
          </Link>
          <span className="soft">
            {nameOf(instance.process)} · {instance.businessKey} · {facilityName(instance.facility)} ·{' '}
            {t('definitions.version', { n: instance.definition.version })}
          </span>
          <Link to={replayPath(instance.id)}>{t('ops.replay.open')}</Link>
          {instance.root && <Link to={lineagePath(instance.root)}>{t('instances.lineage')}</Link>}
          <TemporalLink instance={instance.id} />
        </div>
        {instance.incidents.map((incident) => (
          <IncidentLines key={incident.key} incident={incident} facility={instance.facility} />
        ))}
      </div>
      <div className="stuck-acts">
        <Button type="primary" disabled={busy} onClick={() => bulk.retryOne(instance)}>
          {t('ops.retry')}
        </Button>
        <Dropdown
          trigger={['click']}
          menu={{
            items: (['variables', 'skip', 'cancel'] as const).map((kind) => ({
              key: kind,
              label: t(`ops.kind.${kind}`),
            })),
            onClick: ({ key }) => bulk.askOne(key as AskedAct['kind'], instance),
          }}
        >
          <Button disabled={busy} aria-label={`${t('ops.more')}: ${instance.title}`}>
            {t('ops.more')}
          </Button>
        </Dropdown>
      </div>
    </li>
  );
}

function IncidentLines({ incident, facility }: { incident: Instance['incidents'][number]; facility: string }) {
  const { t, language, pick, named } = useWords();
  const zone = useZone(facility);
  return (
    <div className="incident">
      <p>
        <span className="tag bad">{pick(incident.title)}</span>{' '}
        <span className="strong">
          {named({ name: incident.elementName, englishName: incident.elementEnglishName })}
        </span>{' '}
        <span className="soft">{t('case.since', { time: instantInWords(incident.at, { language, zone }) })}</span>
      </p>
      <p>{pick(incident.message)}</p>
      <p className="soft">
        {t('ops.remedy')}
        {pick(incident.hint)}
      </p>
    </div>
  );
}
