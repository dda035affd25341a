/** The heads of the columns: a click sorts by one, another one turns the order round. */
import { Checkbox } from 'antd';
import { useParameter } from '../../parts/list-filters.tsx';
import { useWords } from '../../words/index.ts';
import type { TaskTableProps } from './table-props.ts';

export function Head({ tasks, columns, picked, pickAll, done }: TaskTableProps) {
  const { t } = useWords();
  const all = picked.size > 0 && tasks.every((one) => picked.has(one.id));
  return (
    <thead>
      <tr>
        {!done && (
          <th scope="col" className="pick">
            <Checkbox
              aria-label={t('inbox.selectAll')}
              checked={all}
              indeterminate={picked.size > 0 && !all}
              onChange={(event) => pickAll(event.target.checked)}
            />
          </th>
        )}
        <SortedHead title={t('column.task')} field="name" />
        <SortedHead title={t('column.case')} field="title" />
        {columns.map(({ id, title, size, sort }) => (
          <SortedHead key={id} title={title} field={sort} size={size} />
        ))}
      </tr>
    </thead>
  );
}

function SortedHead({ title, field, size }: { title: string; field: string; size?: string }) {
  const [sort, setSort] = useParameter('sort');
  const direction = sort === field ? 'ascending' : sort === `-${field}` ? 'descending' : undefined;
  const next = { none: field, ascending: `-${field}`, descending: undefined }[direction ?? 'none'];
  return (
    <th scope="col" className={size} aria-sort={direction ?? 'none'}>
      <button type="button" className="sort" onClick={() => setSort(next)}>
        {title}
        <span aria-hidden="true">{direction === 'ascending' ? ' ▲' : direction === 'descending' ? ' ▼' : ''}</span>
      </button>
    </th>
  );
}
