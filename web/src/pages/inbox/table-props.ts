/** Props of the task table: rows, columns, and events of keys and clicks. */
import type { KeyboardEvent } from 'react';
import type { Task } from '../../api/client.ts';
import type { TaskColumn } from './task-columns.tsx';

export interface TaskTableProps {
  tasks: Task[];
  columns: TaskColumn[];
  nameOf(id: string): string;
  picked: ReadonlySet<string>;
  toggle(id: string): void;
  pickAll(all: boolean): void;
  at: number;
  setAt(index: number): void;
  claim(task: Task): void;
  onKeyDown(event: KeyboardEvent): void;
  more?: (() => void) | undefined;
  done: boolean;
}
