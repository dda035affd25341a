/** What becomes of each element that is gone from the new version, or at which something stands: chosen here or in the diagrams. */
import { Select } from 'antd';
import type { DrawnElement } from '../../../bpmn/element-names.ts';
import { useWords } from '../../../words/index.ts';
import { elementLabel } from '../element-label.ts';
import type { Mapping } from './propose-mapping.ts';

const ends = '\u0000end';

export interface MappingTableProps {
  from: DrawnElement[];
  to: DrawnElement[];
  /** How many instances stand at each element. */
  active: ReadonlyMap<string, number>;
  mapping: Mapping;
  proposed: Mapping;
  selected: string | undefined;
  select(element: string): void;
  change(element: string, to: string | null | undefined): void;
}

export function MappingTable(props: MappingTableProps) {
  const { t, language } = useWords();
  const { from, to, active, mapping, proposed, selected, select, change } = props;
  const kept = new Set(to.map(({ id }) => id));
  const shown = from.filter(
    ({ id }) => !kept.has(id) || (active.get(id) ?? 0) > 0 || mapping[id] !== undefined || id === selected,
  );
  const options = [
    { value: ends, label: t('ops.migrate.end') },
    ...to.map((one) => ({ value: one.id, label: elementLabel(one, language) })),
  ];
  if (shown.length === 0) return <p className="soft">{t('ops.migrate.nothingToMap')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="grid numbers" tabIndex={0} aria-label={t('ops.migrate.mapping')}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('ops.migrate.old')}</th>
            <th scope="col" className="number">
              {t('ops.heat.active')}
            </th>
            <th scope="col">{t('ops.migrate.new')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ id, name }) => {
            const target = mapping[id];
            const gone = !kept.has(id);
            return (
              <tr key={id} className={id === selected ? 'at' : undefined}>
                <th scope="row">
                  <button type="button" className="plain-button" onClick={() => select(id)}>
                    {name}
                  </button>{' '}
                  {gone && <span className="tag warn">{t('ops.migrate.gone')}</span>}
                </th>
                <td className="number">{active.get(id) ?? 0}</td>
                <td>
                  <Select
                    className="full"
                    showSearch={{ optionFilterProp: 'label' }}
                    allowClear
                    aria-label={t('ops.migrate.becomes', { name })}
                    placeholder={gone ? t('ops.migrate.undecided') : t('ops.migrate.stays')}
                    {...(target !== undefined && { value: target ?? ends })}
                    onChange={(value: string | undefined) =>
                      change(id, value === undefined ? undefined : value === ends ? null : value)
                    }
                    options={options}
                  />
                  {target !== undefined && target === proposed[id] && (
                    <span className="soft">{t('ops.migrate.proposed')}</span>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
