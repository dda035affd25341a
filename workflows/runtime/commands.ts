/** Executes the engine's commands: jobs, timers and calls in their own files; messages, signals and notices here. */
import type { ActivityOptions } from '@temporalio/workflow';
import { scheduleActivity } from '@temporalio/workflow';
import type { Activities } from '../../activities/types.ts';
import type { Command } from '../../engine/model/types.ts';
import type { Calls } from './calls.ts';
import { uncancellable } from './cancellation-scopes.ts';
import { localTimeText } from './display-names.ts';
import type { Instance } from './instance.ts';
import { lineageOf } from './job-context.ts';
import type { Jobs } from './jobs.ts';
import { runUntilDone } from './local-activities.ts';
import { clockOf } from './process-time.ts';
import type { Timers } from './timers.ts';
import { elementName } from './view.ts';

export interface CommandsHost {
  self: string;
  instance: Instance;
  timers: Timers;
  jobs: Jobs;
  calls: Calls;
  /** Keeps the run open until it is done. */
  keepOpen<T>(work: Promise<T>): Promise<T>;
}

type CommandOf<D extends Command['do']> = Extract<Command, { do: D }>;

export function createCommandExecutor(host: CommandsHost): (commands: Command[]) => void {
  const { self, instance, timers, jobs, calls, keepOpen } = host;
  const nameOf = (element: string) => elementName(instance.plan, element);

  /** Callers of this instance: at its start, or since. */
  const callers = (): string[] => [
    ...new Set([...[instance.input.parent ?? []].flat(), ...instance.reports.map((report) => report.parent)]),
  ];

  /** Written before the run continues; delivery is independent of this instance from then on. */
  async function publish(command: CommandOf<'publish-message'>, id: string): Promise<void> {
    const { element, name, correlationKey, variables } = command;
    const timeToLive = instance.plan.elements[element]?.properties?.['timeToLive'];
    const message = {
      id,
      name,
      variables,
      from: self,
      lineage: lineageOf(self, instance.input),
      element,
      facility: instance.input.facility,
      ...clockOf(instance.timeScale),
      ...(correlationKey !== undefined && { correlationKey }),
      ...(timeToLive !== undefined && { timeToLive }),
    };
    const options: ActivityOptions = { ...keptOptions, summary: nameOf(element) };
    const { taker, until } = await uncancellable(() =>
      scheduleActivity<Awaited<ReturnType<Activities['publishMessage']>>>('publishMessage', [message], options),
    );
    if (taker === null) instance.journalMessage('message-buffered', { id, message: name, element, until });
  }

  async function broadcast(command: CommandOf<'broadcast-signal'>, idForOthers: string): Promise<void> {
    const { id, element, name, variables } = command;
    // Catchers within the instance are handled here; others are found through the database.
    instance.apply({ type: 'signal', id, name, variables });
    const { input } = instance;
    const lineage = lineageOf(self, input);
    const signal = { id: idForOthers, name, variables, from: self, lineage, facility: input.facility };
    const options: ActivityOptions = { ...keptOptions, summary: nameOf(element) };
    await uncancellable(() => scheduleActivity('broadcastSignal', [signal], options));
  }

  async function tell({ key, clock }: CommandOf<'tell'>): Promise<void> {
    const { now, title, input } = instance.view();
    const subject = `超期：${clock.name}（${input.businessKey}）`;
    const due = localTimeText(clock.dueAt, instance.state.calendar.zone);
    const body = `${title}：「${clock.name}」已过，应于 ${due} 前完成。`;
    const { startedAt } = instance.state;
    const { facility } = input;
    const notice = { instance: self, startedAt, key, facility, roles: clock.tell, subject, body, now };
    await runUntilDone('tellRoles', [notice], `通知：${clock.name}`);
  }

  /** Id of a thrown message or signal, unique across throws and runs of the instance. */
  const idOf = (index: number): string => {
    const { startedAt, journalLength } = instance.state;
    return `${self}@${startedAt}#${journalLength}.${index}`;
  };

  return function carryOut(commands: Command[]): void {
    // When the workflow ends, Temporal drops open timers; cancelling them would only add events.
    const ended = commands.some((command) => command.do === 'end');
    for (const [index, command] of commands.entries()) {
      switch (command.do) {
        case 'run-job':
          jobs.run(command);
          break;
        case 'arm-timer':
          timers.arm({ ...command, summary: nameOf(command.element) });
          break;
        case 'call':
          calls.call(command);
          break;
        case 'drop':
          if (!ended) timers.drop(command.key);
          jobs.drop(command.key);
          calls.drop(command.key);
          break;
        case 'publish-message':
          void keepOpen(publish(command, idOf(index)));
          break;
        case 'broadcast-signal':
          void keepOpen(broadcast(command, idOf(index)));
          break;
        case 'escalate': {
          const { code, variables } = command;
          calls.escalate(callers(), { code, variables });
          break;
        }
        case 'tell':
          void keepOpen(tell(command));
          break;
        case 'end':
          break;
      }
    }
  };
}

/** Retried until written. */
const keptOptions = {
  startToCloseTimeout: '1m',
  retry: { initialInterval: '500ms', backoffCoefficient: 2, maximumInterval: '1m' },
} as const;
