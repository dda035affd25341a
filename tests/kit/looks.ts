/** What a story can be asked: where it waits, what is known, what was done. */
import { incidentMessage } from '../../engine/messages/incidents.ts';
import type { Json, Variables } from '../../engine/model/plan.ts';
import type { ClockRecord, InstanceState, UserTask, Wait, WaitOf } from '../../engine/model/types.ts';
import type { JobRun, Running, Sent, World } from './running.ts';
import { situation } from './situation.ts';

export interface Incident {
  element: string;
  code: string;
  message: string;
}

export interface Told {
  limit: string;
  roles: string[];
  at: string;
}

export interface Looks {
  /** Elements that wait for somebody or something, here and in called processes, in the order of their beginning; without boundary events and event subprocesses. */
  waitingAt(): string[];
  /** The open task drawn as `element`. */
  task(element: string): UserTask;
  /** The promise with this id (`careloop:limit`), the latest when there were several. */
  clock(id: string): ClockRecord;
  variable(name: string): Json | undefined;
  /** All variables of the process itself; after its end those it ended with. */
  variables(): Variables;
  incidents(): Incident[];
  /** Limits that were crossed, and who was told. */
  told(): Told[];
  /** Jobs that ran, with what they were given. */
  jobs: JobRun[];
  /** Messages the process sent, and who took them. */
  sent: Sent[];
  /** Elements completed so far, in order, of the process itself. */
  path(): string[];
  /** Process time, ISO 8601 UTC. */
  now(): string;
  status(): InstanceState['status'];
  stage(): string | undefined;
  /** Where everything is and what it waits for, in words. */
  situation(): string;
}

/** Not scopes, joins, and the events that wait beside what they are attached to: boundary events, event subprocesses. */
function isOwn(wait: Wait, running: Running): boolean {
  switch (wait.kind) {
    case 'task':
    case 'job':
    case 'stuck':
      return true;
    case 'call':
      return !running.calls.has(wait.key);
    case 'event':
      if (wait.host === undefined) return true;
      return (
        running.plan.elements[wait.element]?.kind !== 'boundaryEvent' &&
        ['gateway', 'multi'].includes(running.state.waits[wait.host]?.kind ?? '')
      );
    default:
      return wait.incident !== undefined;
  }
}

export function openWaits(everyone: Running[]): { running: Running; wait: Wait }[] {
  return everyone.flatMap((running) =>
    Object.values(running.state.waits)
      .filter((wait) => isOwn(wait, running))
      .sort((a, b) => Number(a.key) - Number(b.key))
      .map((wait) => ({ running, wait })),
  );
}

/** Open tasks drawn as `element`; nothing when none is. */
export function tasksAt(everyone: Running[], element: string): { running: Running; wait: WaitOf<'task'> }[] {
  return openWaits(everyone).flatMap(({ running, wait }) =>
    wait.kind === 'task' && wait.element === element ? [{ running, wait }] : [],
  );
}

export function looksAt(world: World, root: Running): Looks {
  const { everyone } = world;
  const variables = () => root.outcome?.variables ?? root.state.waits[root.state.root]?.variables ?? {};
  return {
    waitingAt: () => openWaits(everyone).map(({ wait }) => wait.element),
    task(element) {
      const found = tasksAt(everyone, element)[0];
      if (!found) throw new Error(`No task is open at ${element}.\n${situation(everyone, world.now())}`);
      return found.wait.task;
    },
    clock(id) {
      const clocks = everyone.flatMap(({ state }) => state.clocks);
      const clock = clocks.findLast((one) => one.id === id);
      if (!clock)
        throw new Error(`There is no promise ${id}; so far: ${clocks.map((one) => one.id).join(', ') || 'none'}.`);
      return clock;
    },
    variable: (name) => variables()[name],
    variables,
    incidents: () =>
      everyone.flatMap(({ state }) =>
        Object.values(state.waits).flatMap(({ element, incident }) =>
          incident ? [{ element, code: incident.code, message: incidentMessage(incident.params).zh }] : [],
        ),
      ),
    told: () => world.told.map(({ limit, roles, at }) => ({ limit, roles, at })),
    jobs: world.jobs,
    sent: world.sent,
    path: () =>
      root.journal.flatMap((line) => (line.kind === 'element-completed' && line.element ? [line.element] : [])),
    now: world.now,
    status: () => root.state.status,
    stage: () => root.state.stage?.id,
    situation: () => situation(everyone, world.now()),
  };
}
