/** Which columns the address chooses. */
import { useParameter } from '../../parts/list-filters.tsx';
import { type TaskColumn, usualColumns } from './task-columns.tsx';

/** Of the columns, those the address names; the usual ones when it names none. */
export function useChosenColumns(columns: TaskColumn[], usual: string[] = usualColumns): TaskColumn[] {
  const [chosen] = useParameter('columns');
  const ids = chosen?.split(',') ?? usual;
  return columns.filter(({ id }) => ids.includes(id));
}
