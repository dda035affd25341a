/** The numbers of a diagram as a table, the most first; each leads to the instances that stand there. */
import { Button } from 'antd';
import { Link } from 'react-router';
import { Empty } from '../../../parts/empty.tsx';
import { spanInWords } from '../../../parts/span.ts';
import { useWords } from '../../../words/index.ts';
import { type ElementNumbers, type Measure, valueAt } from './heat-scale.ts';

export interface ElementTableProps {
  items: ElementNumbers[];
  names: ReadonlyMap<string, string>;
  by: Measure;
  /** Only this element. */
  selected: string | undefined;
  clear(): void;
  process: string;
  version: number | undefined;
  facility: string | undefined;
}

export function ElementTable({ items, names, by, selected, clear, process, version, facility }: ElementTableProps) {
  const { t } = useWords();
  const sorted = items
    .filter((one) => selected === undefined || one.element === selected)
    .sort((a, b) => valueAt(b, by) - valueAt(a, by));
  const address = (element: string, more: string) => {
    const query = new URLSearchParams({ process, element, status: 'active' });
    if (version !== undefined) query.set('version', String(version));
    if (facility) query.set('facility', facility);
    return `/instances?${query}${more}`;
  };
  const span = (ms: number | undefined) => (ms === undefined ? '–' : spanInWords(ms, t));
  return (
    <>
      {selected !== undefined && (
        <div className="listbar">
          <span className="strong">{names.get(selected) ?? selected}</span>
          <Button size="small" onClick={clear}>
            {t('ops.heat.showAll')}
          </Button>
        </div>
      )}
      {sorted.length === 0 ? (
        <Empty title={t('ops.heat.empty')} hint={t('ops.heat.emptyHint')} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
        <section className="grid numbers" tabIndex={0} aria-label={t('ops.heat.table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('instances.element')}</th>
                {(['active', 'incidents', 'overdue', 'done', 'medianMs', 'p95Ms', 'breaches'] as const).map((one) => (
                  <th key={one} scope="col" className="number">
                    {t(`ops.heat.column.${one}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {sorted.map((one) => (
                <tr key={one.element}>
                  <th scope="row">{names.get(one.element) ?? one.element}</th>
                  <td className="number">
                    {one.active > 0 ? <Link to={address(one.element, '')}>{one.active}</Link> : 0}
                  </td>
                  <td className="number">
                    {one.incidents > 0 ? (
                      <Link className="bad" to={address(one.element, '&incident=1')}>
                        {one.incidents}
                      </Link>
                    ) : (
                      0
                    )}
                  </td>
                  <td className="number">{one.overdue}</td>
                  <td className="number">{one.done}</td>
                  <td className="number">{span(one.medianMs)}</td>
                  <td className="number">{span(one.p95Ms)}</td>
                  <td className="number">{one.breached + one.late}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  );
}
