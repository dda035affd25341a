/** What is on screen as a file. */
import { Button } from 'antd';
import type { Task } from '../../api/client.ts';
import { csvOf, download } from '../../parts/csv.ts';
import { useWords } from '../../words/index.ts';
import type { TaskColumn } from './task-columns.tsx';

export function ExportButton({ tasks, columns }: { tasks: Task[]; columns: TaskColumn[] }) {
  const { t, named } = useWords();
  const write = () => {
    const head = [t('column.task'), t('column.case'), t('column.number'), ...columns.map(({ title }) => title)];
    const rows = tasks.map((one) => [
      named(one),
      one.title,
      one.businessKey,
      ...columns.map((column) => column.text(one)),
    ]);
    download('tasks.csv', csvOf([head, ...rows]));
  };
  return (
    <Button className="wide-only" disabled={tasks.length === 0} onClick={write}>
      {t('common.export')}
    </Button>
  );
}
