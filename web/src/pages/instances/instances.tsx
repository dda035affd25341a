/** Instances of all processes a person may see; those that are stuck first to hand. */
import { Checkbox, Select } from 'antd';
import { SharedFilters, useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';
import { InstanceList } from './instance-list.tsx';

const statuses = ['active', 'completed', 'cancelled', 'terminated', 'failed'] as const;

export function Instances() {
  const { t } = useWords();
  const [status, setStatus] = useParameter('status');
  const [incident, setIncident] = useParameter('incident');
  const [overdue, setOverdue] = useParameter('overdue');
  return (
    <>
      <div className="heading">
        <h1>{t('ops.title')}</h1>
      </div>
      <div className="filters">
        <SharedFilters />
        <Select
          aria-label={t('ops.filter.status')}
          value={status ?? ''}
          onChange={setStatus}
          options={[
            { value: '', label: t('common.all') },
            ...statuses.map((value) => ({ value, label: t(`status.${value}`) })),
          ]}
        />
        <Checkbox
          checked={incident !== undefined}
          onChange={(event) => setIncident(event.target.checked ? '1' : undefined)}
        >
          {t('ops.filter.incident')}
        </Checkbox>
        <Checkbox
          checked={overdue !== undefined}
          onChange={(event) => setOverdue(event.target.checked ? '1' : undefined)}
        >
          {t('ops.filter.overdue')}
        </Checkbox>
      </div>
      <InstanceList emptyTitle={t('ops.empty')} />
    </>
  );
}
