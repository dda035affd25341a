/** The rows in sight of a task list: a real table whose other rows are not drawn, or cards on a narrow screen. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { Button, Checkbox } from 'antd';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { Task } from '../../api/client.ts';
import { casePath } from '../../parts/case-path.ts';
import { Due } from '../../parts/due.tsx';
import { useProcessNames } from '../../parts/process-names.ts';
import { instantInWords } from '../../parts/time.ts';
import { useFacilityName, useZone } from '../../parts/zone.ts';
import { useWords } from '../../words/index.ts';

const rowHeight = 64;

export interface TaskTableProps {
  tasks: Task[];
  nameOf(id: string): string;
  picked: ReadonlySet<string>;
  toggle(id: string): void;
  pickAll(all: boolean): void;
  at: number;
  setAt(index: number): void;
  open(task: Task): void;
  claim(task: Task): void;
  onKeyDown(event: KeyboardEvent): void;
  more?: (() => void) | undefined;
  done: boolean;
}

export function TaskTable(props: TaskTableProps) {
  const { tasks, at, more, onKeyDown, picked, pickAll, done } = props;
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
  const all = picked.size > 0 && tasks.every((one) => picked.has(one.id));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by keyboard
    <section className="grid" ref={box} tabIndex={0} aria-label={t('inbox.title')} onKeyDown={onKeyDown}>
      <table aria-rowcount={tasks.length + 1} className="wide">
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
            <th scope="col">{t('column.task')}</th>
            <th scope="col">{t('column.case')}</th>
            <th scope="col" className="narrow">
              {t('column.facility')}
            </th>
            <th scope="col" className="narrow">
              {t('column.assignee')}
            </th>
            <th scope="col" className="date">
              {done ? t('column.closedAt') : t('column.due')}
            </th>
          </tr>
        </thead>
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
      <ul className="cards">
        {tasks.map((task) => (
          <Card key={task.id} task={task} nameOf={props.nameOf} done={done} />
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

/** By script, because the content security policy forbids style attributes. */
const heightOf = (pixels: number) => (cell: HTMLElement | null) => {
  if (cell) cell.style.height = `${pixels}px`;
};

function Row({
  index,
  task,
  nameOf,
  picked,
  toggle,
  at,
  setAt,
  claim,
  done,
}: TaskTableProps & { index: number; task: Task }) {
  const { t, named } = useWords();
  const facilityName = useFacilityName();
  const { nameOf: nameOfProcess } = useProcessNames();
  return (
    <tr aria-rowindex={index + 2} className={index === at ? 'at' : undefined} onFocus={() => setAt(index)}>
      {!done && (
        <td className="pick">
          <Checkbox
            aria-label={t('inbox.select', { name: `${task.name} ${task.businessKey}` })}
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
      <td className="narrow">{facilityName(task.facility)}</td>
      <td className="narrow">
        {task.assignee !== null ? (
          nameOf(task.assignee)
        ) : done ? (
          ''
        ) : (
          <Button size="small" onClick={() => claim(task)}>
            {t('inbox.claim')}
          </Button>
        )}
      </td>
      <td className="date">
        <When task={task} done={done} />
      </td>
    </tr>
  );
}

function When({ task, done }: { task: Task; done: boolean }) {
  const { language } = useWords();
  const zone = useZone(task.facility);
  if (done)
    return <time dateTime={task.closedAt}>{task.closedAt && instantInWords(task.closedAt, { language, zone })}</time>;
  return <Due since={task.createdAt} dueAt={task.dueAt} facility={task.facility} remaining={task.remaining} />;
}

function Card({ task, nameOf, done }: { task: Task; nameOf(id: string): string; done: boolean }) {
  const { t, named } = useWords();
  const facilityName = useFacilityName();
  return (
    <li>
      <Link className="card" to={casePath(task.instance, task.id)}>
        <header>
          <span className="strong">{named(task)}</span>
          {task.urgent && <span className="tag bad">{t('inbox.urgent')}</span>}
        </header>
        <p>{task.title}</p>
        <p className="soft">
          {!task.title.includes(task.businessKey) && `${task.businessKey} · `}
          {facilityName(task.facility)} · {task.assignee === null ? t('inbox.unassigned') : nameOf(task.assignee)}
        </p>
        <When task={task} done={done} />
      </Link>
    </li>
  );
}
