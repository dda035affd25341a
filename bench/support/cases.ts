/** Plays one complaint to its end from outside, the way the API does it: start, then one update per task. */
import type { Client } from '@temporalio/client';
import { instanceId } from '../../engine/model/keys.ts';
import { TaskModel } from '../../store/runtime/tasks.ts';
import { type Answer, type StartInput, startPresentation } from '../../workflows/runtime/instance-messages.ts';
import type { ComplaintInput } from '../handwritten/messages.ts';
import { complaintAnswers } from './answers.ts';

export type Kind = 'drawn' | 'by-hand' | 'by-hand, short journal';

export interface Played {
  workflowId: string;
  events: number;
  bytes: number;
}

/** Starts one complaint; it has a task open then. */
export async function startCase(client: Client, taskQueue: string, kind: Kind | 'empty', caseNumber: string) {
  const workflowId = instanceId('complaint', caseNumber);
  if (kind === 'empty') {
    const handle = await client.workflow.start('empty', { workflowId, taskQueue, args: [] });
    await handle.executeUpdate('act');
    return handle;
  }
  const startedBy = { id: 'intake-bj', role: 'intake' };
  const intake = { caseNumber, channel: 'hotline', receivedAt: new Date().toISOString() };
  const emergencies = { emergency: false, seriousEvent: false };
  const drawn: StartInput = {
    process: 'complaint',
    businessKey: caseNumber,
    facility: 'BJ',
    startedBy,
    variables: { ...intake, ...emergencies },
  };
  const byHand: ComplaintInput = {
    ...intake,
    ...emergencies,
    facility: 'BJ',
    startedBy,
    journal: kind === 'by-hand' ? 'every-element' : 'acts',
  };
  const handle = await client.workflow.start('complaint', {
    workflowId,
    taskQueue,
    args: [kind === 'drawn' ? drawn : byHand],
    ...startPresentation(drawn),
  });
  await firstTask(workflowId);
  return handle;
}

/** An empty workflow that takes as many updates as a complaint has tasks, and does nothing with them. */
export async function playEmpty(client: Client, taskQueue: string, caseNumber: string): Promise<Played> {
  const handle = await startCase(client, taskQueue, 'empty', caseNumber);
  const tasks = Object.keys(complaintAnswers).length;
  for (let act = 1; act < tasks; act++) await handle.executeUpdate('act');
  await handle.executeUpdate('end');
  await handle.result();
  const { historyLength, historySize } = await handle.describe();
  return { workflowId: handle.workflowId, events: historyLength, bytes: historySize ?? 0 };
}

/** The recorded acts, one update each, with what the drawn one was told. */
export async function playBare(client: Client, taskQueue: string, caseNumber: string, acts: number): Promise<Played> {
  const workflowId = instanceId('complaint', caseNumber);
  const handle = await client.workflow.start('bare', { workflowId, taskQueue, args: [] });
  const variables = complaintAnswers['PreventRecurrence'];
  const act = { key: '12', action: { type: 'complete', variables }, by: { id: 'cs-director-bj', role: 'cs-director' } };
  for (let n = 1; n < acts; n++) await handle.executeUpdate<unknown, [typeof act]>('task', { args: [act] });
  await handle.result();
  const { historyLength, historySize } = await handle.describe();
  return { workflowId, events: historyLength, bytes: historySize ?? 0 };
}

export async function playCase(client: Client, taskQueue: string, kind: Kind, caseNumber: string): Promise<Played> {
  const handle = await startCase(client, taskQueue, kind, caseNumber);
  const { workflowId } = handle;
  let task: { key: string; element: string; candidateGroups: string[] } = await firstTask(workflowId);
  for (;;) {
    const variables = complaintAnswers[task.element];
    const role = task.candidateGroups[0] ?? '';
    if (!variables) throw new Error(`There is no answer for ${task.element}.`);
    const act = { key: task.key, action: { type: 'complete', variables }, by: { id: `${role}-bj`, role } };
    const { tasks } = await handle.executeUpdate<Answer, [typeof act]>('task', { args: [act] });
    const next = tasks.find((row) => row.status === 'open');
    if (!next) break;
    task = next;
  }
  await handle.result();
  const { historyLength, historySize } = await handle.describe();
  return { workflowId, events: historyLength, bytes: historySize ?? 0 };
}

async function firstTask(instance: string) {
  for (;;) {
    const row = await TaskModel.findOne({ instance, status: 'open' }, { key: 1, element: 1, candidateGroups: 1 }).lean<{
      key: string;
      element: string;
      candidateGroups: string[];
    }>();
    if (row) return row;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Plays `count` cases, `atOnce` at a time. */
export async function playMany(count: number, atOnce: number, play: (index: number) => Promise<Played>) {
  const played: Played[] = [];
  let next = 0;
  const lane = async () => {
    while (next < count) played.push(await play(next++));
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, lane));
  return played;
}
