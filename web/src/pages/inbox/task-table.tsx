/** A task list: a real table of which the rows in sight are drawn, or cards on a narrow screen, a page at a time. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Checkbox } from 'antd';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Task } from '../../api/client.ts';
import { casePath } from '../../parts/case-path.ts';
import { useNarrow } from '../../parts/narrow.ts';
import { useProcessNames } from '../../parts/process-names.ts';
import { useWords } from '../../words/index.ts';
import { Head } from './table-head.tsx';
import type { TaskTableProps } from './table-props.ts';
import { TaskCard } from './task-card.tsx';

const rowHeight = 64;

export function TaskTable(props: TaskTableProps) {
  return useNarrow() ? <Cards {...props} /> : <Table {...props} />;
}

function Cards({ tasks, more, onKeyDown, nameOf, done }: TaskTableProps) {
  const { t } = useWords();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys work wherever it has the focus
    <section className="grid" tabIndex={0} aria-label={t('inbox.title')} onKeyDown={onKeyDown}>
      <ul className="cards">
        {tasks.map((task) => (
          <TaskCard key={task.id} task={task} nameOf={nameOf} done={done} />
        ))}
        {more && (
          <li>
            <Button block onClick={more}>
              {t('common.more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
}

function Table(props: TaskTableProps) {
  const { tasks, at, more, onKeyDown } = props;
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: tasks.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    overscan: 10,
  });
  const shown = rows.getVirtualItems();
  const before = shown[0]?.start ?? 0;
  const after = rows.getTotalSize() - (shown.at(-1)?.end ?? 0);
  useEffect(() => rows.scrollToIndex(at), [rows, at]);
  const last = shown.at(-1)?.index;
  useEffect(() => {
    if (last !== undefined && last >= tasks.length - 5) more?.();
  }, [last, tasks.length, more]);
  return (
    <section
      className="grid"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
      tabIndex={0}
      aria-label={t('inbox.title')}
      onKeyDown={onKeyDown}
    >
      <table aria-rowcount={tasks.length + 1}>
        <Head {...props} />
        <tbody>
          <tr className="space">
            <td ref={heightOf(before)} />
          </tr>
          {shown.map(({ index, key }) => {
            const task = tasks[index];
            return task && <Row key={key} index={index} task={task} {...props} />;
          })}
          <tr className="space">
            <td ref={heightOf(after)} />
          </tr>
        </tbody>
      </table>
    </section>
  );
}

/** By script, because the content security policy forbids style attributes. */
const heightOf = (pixels: number) => (cell: HTMLElement | null) => {
  if (cell) cell.style.height = `${pixels}px`;
};

function Row({
  index,
  task,
  columns,
  picked,
  toggle,
  at,
  setAt,
  claim,
  done,
}: TaskTableProps & { index: number; task: Task }) {
  const { t, named } = useWords();
  const { nameOf: nameOfProcess } = useProcessNames();
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={index === at || undefined}
      className={index === at ? 'at' : undefined}
      onFocus={() => setAt(index)}
    >
      {!done && (
        <td className="pick">
          <Checkbox
            aria-label={t('inbox.select', { name: `${named(task)} ${task.businessKey}` })}
            checked={picked.has(task.id)}
            onChange={() => toggle(task.id)}
          />
        </td>
      )}
      <td>
        <Link to={casePath(task.instance, task.id)} className="strong">
          {named(task)}
        </Link>
        {task.urgent && <span className="tag bad">{t('inbox.urgent')}</span>}
      </td>
      <td>
        {task.title}
        <div className="soft">
          {nameOfProcess(task.process)}
          {!task.title.includes(task.businessKey) && ` · ${task.businessKey}`}
        </div>
      </td>
      {columns.map((column) => (
        <td key={column.id} className={column.size}>
          {column.id === 'assignee' && task.assignee === null && !done ? (
            <Button size="small" onClick={() => claim(task)}>
              {t('inbox.claim')}
            </Button>
          ) : (
            (column.cell?.(task) ?? column.text(task))
          )}
        </td>
      ))}
    </tr>
  );
}
