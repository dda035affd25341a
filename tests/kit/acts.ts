/** What people and the world do in a story. An act that is refused fails the test, and says where the process is. */
import { AssertionError } from 'node:assert';
import { listenerPartId } from '../../engine/listeners/wait.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { EngineEvent, Refusal, TaskAction, WaitOf } from '../../engine/model/types.ts';
import { addDuration } from '../../engine/time/duration.ts';
import { instantOf } from '../../engine/time/zone.ts';
import { type Answer, type AnswerFor, answerTo, failure } from './answers.ts';
import { openWaits, tasksAt } from './looks.ts';
import { requireJobTypes, requireProcesses } from './mocks.ts';
import type { Running, World } from './running.ts';
import { localTime, nearest, situation } from './situation.ts';

export interface Acts {
  /**
   * Completes the open task drawn as `element`, here or in a called process.
   * @param by staff id; default who has claimed it, else somebody of its first candidate role in this facility (`cs-director-bj`)
   */
  complete(element: string, variables?: Variables, by?: string): void;
  /** The same, giving back why it was refused (undefined: it was not). */
  tryToComplete(element: string, variables?: Variables, by?: string): Refusal | undefined;
  claim(element: string, by?: string): void;
  /** Any act on a task: unclaim, assign, return, … */
  act(element: string, action: TaskAction, by?: string): void;
  /** Lets time go by (ISO 8601 duration); what falls due on the way happens at its time. */
  advance(duration: string): void;
  /** The same, to a moment: `2026-11-10` is the beginning of that day in the calendar's zone. */
  advanceTo(moment: string): void;
  /** Delivers a message to the one who waits for it. @param key correlation key; without it whoever waits in this story takes it */
  message(name: string, key?: string, variables?: Variables): void;
  /** The same, giving back why nobody took it. */
  tryMessage(name: string, key?: string, variables?: Variables): Refusal | undefined;
  signal(name: string, variables?: Variables): void;
  /** From now on jobs of this type answer so. */
  mockJob(type: string, answer: AnswerFor): void;
  /** From now on jobs of this type fail technically: an incident. */
  failJob(type: string, message?: string): void;
  /** From now on this process answers so when it is called, and does not run. */
  mockCall(process: string, answer: AnswerFor): void;
  /** Answers a job or call that was told to answer `later`. */
  finish(element: string, answer?: Answer): void;
  /** Tries again what an incident stopped. */
  retry(element: string): void;
  setVariables(variables: Variables): void;
  cancel(reason?: string): void;
}

export interface ActsSettings {
  world: World;
  root: Running;
  /** Of every definition of the story. */
  plans: readonly Plan[];
  jobs: Map<string, AnswerFor>;
  calls: Map<string, AnswerFor>;
  facility: string;
}

const ops = { id: 'ops', role: 'ops' };

export function actsIn({ world, root, plans, jobs, calls, facility }: ActsSettings): Acts {
  const { everyone } = world;
  const { zone } = root.state.calendar;

  function fail(message: string, from: (...args: never[]) => unknown): never {
    throw new AssertionError({ message: `${message}\n${situation(everyone, world.now())}`, stackStartFn: from });
  }

  function nothingAt(element: string, what: string, from: (...args: never[]) => unknown): never {
    const drawn = everyone.flatMap(({ plan }) => Object.keys(plan.elements));
    const meant = drawn.includes(element) ? undefined : nearest(element, drawn);
    const unknown = drawn.includes(element)
      ? ''
      : ` The definition has no ${element}${meant ? `; is it ${meant}?` : '.'}`;
    return fail(`No ${what} waits at ${element}.${unknown}`, from);
  }

  function onTask(element: string, action: TaskAction, by: string | undefined, from: (...args: never[]) => unknown) {
    const here = tasksAt(everyone, element);
    const found = here.find(({ wait }) => by !== undefined && wait.task.assignee === by) ?? here[0];
    if (!found) return nothingAt(element, 'task', from);
    const { running, wait } = found;
    const [role = 'somebody'] = wait.task.candidateGroups;
    const id = by ?? wait.task.assignee ?? wait.task.candidateUsers[0] ?? `${role}-${facility.toLowerCase()}`;
    return world.feed(running, { type: 'task', key: wait.key, action, by: { id, role } });
  }

  function accepted(refusal: Refusal | undefined, what: string, from: (...args: never[]) => unknown): void {
    if (!refusal) return;
    const details = refusal.details === undefined ? '' : ` ${JSON.stringify(refusal.details)}`;
    fail(`${what} was refused: ${refusal.code}. ${refusal.message.en}${details}`, from);
  }

  function incidentAt(element: string) {
    for (const running of everyone)
      for (const wait of Object.values(running.state.waits))
        if (wait.element === element && wait.incident) return { running, wait };
    return undefined;
  }

  const acts: Acts = {
    complete(element, variables = {}, by) {
      const refusal = onTask(element, { type: 'complete', variables }, by, acts.complete);
      accepted(refusal, `Completing ${element}`, acts.complete);
    },
    tryToComplete: (element, variables = {}, by) =>
      onTask(element, { type: 'complete', variables }, by, acts.tryToComplete),
    claim(element, by) {
      accepted(onTask(element, { type: 'claim' }, by, acts.claim), `Claiming ${element}`, acts.claim);
    },
    act(element, action, by) {
      accepted(onTask(element, action, by, acts.act), `To ${action.type} ${element}`, acts.act);
    },
    advance(duration) {
      world.passUntil(addDuration(world.now(), duration, zone));
    },
    advanceTo(moment) {
      const instant = instantOf(moment, zone);
      if (instant < world.now()) fail(`It is ${localTime(world.now(), zone)}: ${moment} has gone by.`, acts.advanceTo);
      world.passUntil(instant);
    },
    message(name, key, variables) {
      const refusal = acts.tryMessage(name, key, variables);
      if (!refusal) return;
      const awaited = everyone.flatMap(({ state }) =>
        Object.values(state.waits).flatMap((wait) => (wait.kind === 'event' ? wait.triggers : [])),
      );
      const messages = awaited.flatMap((trigger) =>
        trigger.type === 'message'
          ? [`${trigger.name}${trigger.correlationKey ? ` (key ${trigger.correlationKey})` : ''}`]
          : [],
      );
      const others = messages.length > 0 ? `; awaited: ${messages.join(', ')}` : '';
      fail(
        `Nobody waits for the message ${name}${key === undefined ? '' : ` with key ${key}`}${others}.`,
        acts.message,
      );
    },
    tryMessage: (name, key, variables = {}) => world.send(name, key, variables),
    signal: (name, variables = {}) => world.signal(name, variables),
    mockJob(type, answer) {
      requireJobTypes([type], plans);
      jobs.set(type, answer);
    },
    failJob: (type, message) => acts.mockJob(type, failure(message)),
    mockCall(process, answer) {
      requireProcesses([process], plans);
      calls.set(process, answer);
    },
    finish(element, answer = {}) {
      const found = openWaits(everyone).find(
        ({ wait }) => wait.element === element && (wait.kind === 'job' || wait.kind === 'call'),
      );
      if (!found) nothingAt(element, 'job or call', acts.finish);
      world.feed(found.running, ending(found.wait as WaitOf<'job' | 'call'>, answer));
    },
    retry(element) {
      const found = incidentAt(element);
      if (!found) fail(`There is no incident at ${element}.`, acts.retry);
      const refusal = world.feed(found.running, { type: 'retry', key: found.wait.key, by: ops });
      accepted(refusal, `Retrying ${element}`, acts.retry);
    },
    setVariables(variables) {
      const refusal = world.feed(root, { type: 'set-variables', variables, by: ops });
      accepted(refusal, 'Setting variables', acts.setVariables);
    },
    cancel(reason = 'cancelled by the test') {
      accepted(world.feed(root, { type: 'cancel', reason, by: ops }), 'Cancelling', acts.cancel);
    },
  };
  return acts;
}

function ending(wait: WaitOf<'job' | 'call'>, given: Answer): EngineEvent {
  const { kind } = wait;
  const listener = wait.kind === 'job' ? wait.listener : undefined;
  const key = { key: wait.key, ...(listener && { part: listenerPartId(listener) }) };
  const answer = answerTo(given, {});
  if (answer.how === 'done') return { type: `${kind}-completed`, ...key, variables: answer.variables };
  const failed = kind === 'job' ? ('job-failed' as const) : ('call-failed' as const);
  if (answer.how === 'error')
    return { type: failed, ...key, code: 'BpmnError', message: answer.message, errorCode: answer.code };
  return {
    type: failed,
    ...key,
    code: 'failed',
    message: answer.how === 'failure' ? answer.message : 'It never answered.',
  };
}
