/** The keys of the list, wherever on the page the focus is, except where somebody types. */
import { type KeyboardEvent, useEffect, useEffectEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import type { Task } from '../../api/client.ts';
import { casePath } from '../../parts/case-path.ts';

interface ListKeys {
  tasks: Task[];
  toggle(id: string): void;
  claim(task: Task): void;
  search(): void;
}

const moves: Record<string, number> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

export function useListKeys({ tasks, toggle, claim, search }: ListKeys) {
  const [at, setAt] = useState(0);
  const [help, setHelp] = useState(false);
  const navigate = useNavigate();
  const open = (task: Task | undefined) => {
    if (task) void navigate(casePath(task.instance, task.id));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const onList = event.target === event.currentTarget;
    const move = moves[event.key];
    if (onList && move !== undefined && event.key.startsWith('Arrow')) setAt(moved(at, move, tasks.length));
    else if (onList && event.key === 'Enter') open(tasks[at]);
    else return;
    event.preventDefault();
  };

  /** Letters act from anywhere. */
  const onLetter = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || help) return;
    const task = tasks[at];
    const move = event.key.length === 1 ? moves[event.key] : undefined;
    if (move !== undefined) setAt(moved(at, move, tasks.length));
    else if (event.key === '/') search();
    else if (event.key === '?') setHelp(true);
    else if (event.key === 'Enter' && event.target === document.body) open(task);
    else if (event.key === 'e') open(task);
    else if (task && event.key === 'c' && task.status === 'open' && task.assignee === null) claim(task);
    else if (task && event.key === 'x') toggle(task.id);
    else return;
    event.preventDefault();
  });
  useEffect(() => {
    const listener = (event: globalThis.KeyboardEvent) => onLetter(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
  return { at: Math.min(at, Math.max(0, tasks.length - 1)), setAt, help, setHelp, onKeyDown };
}

const moved = (at: number, by: number, count: number): number => Math.max(0, Math.min(count - 1, at + by));

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target.closest('[role="dialog"], [role="combobox"], .ant-select') !== null ||
    (target instanceof HTMLInputElement && target.type !== 'checkbox' && target.type !== 'radio'));
