/** Announces tasks that disappear from the list because a colleague completed them. */
import { App } from 'antd';
import type { Task } from '../../api/client.ts';
import { useChanges } from '../../api/live.ts';
import { useNameLookup } from '../../parts/people.ts';
import { usePerson } from '../../person.ts';
import { useWords } from '../../words/index.ts';

export function useToldOfDone(tasks: Task[]): void {
  const { t, named } = useWords();
  const { message } = App.useApp();
  const person = usePerson();
  const nameOf = useNameLookup();
  useChanges((change) => {
    if (change.kind !== 'task' || change.status === 'open' || change.closedBy === person.id) return;
    const task = tasks.find((one) => one.id === change.id && one.status === 'open');
    if (!task) return;
    const { closedBy } = change;
    const about = { task: named(task), case: task.businessKey };
    if (closedBy === undefined) void message.info(t('inbox.left.cancelled', about), 6);
    else void nameOf(closedBy).then((name) => message.info(t('inbox.left.completed', { ...about, name }), 6));
  });
}
