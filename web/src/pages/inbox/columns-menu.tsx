/** Which columns a list shows; the choice stands in the address. */
import { Button, Checkbox, Popover } from 'antd';
import { useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';
import type { TaskColumn } from './task-columns.tsx';

export function ColumnsMenu({ columns, chosen }: { columns: TaskColumn[]; chosen: TaskColumn[] }) {
  const { t } = useWords();
  const [, setChosen] = useParameter('columns');
  const list = (
    <Checkbox.Group
      className="column-choices"
      value={chosen.map(({ id }) => id)}
      onChange={(ids) => setChosen(ids.length === 0 ? undefined : ids.join(','))}
      options={columns.map(({ id, title }) => ({ value: id, label: title }))}
    />
  );
  return (
    <Popover trigger="click" placement="bottomRight" title={t('inbox.columns')} content={list}>
      <Button className="wide-only">{t('inbox.columns')}</Button>
    </Popover>
  );
}
