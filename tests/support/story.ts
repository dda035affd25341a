/**
 * Tells the story of a process over the pure engine: who completes what, how time goes by, and what is then true. Jobs are answered
 * at once, called processes run along, timers fire in order. No server, no clock of the host.
 */
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { createInstance, step } from '../../engine/index.ts';
import type { Plan, Variables } from '../../engine/plan.ts';
import { chinaCalendar } from '../../engine/time/china.ts';
import { addDuration } from '../../engine/time/duration.ts';
import type {
  ClockRecord,
  Command,
  EngineEvent,
  InstanceState,
  JournalEntry,
  Key,
  Refusal,
  UserTask,
  WaitOf,
} from '../../engine/types.ts';
import { isShipped, planOf, ruleSets } from './shipped.ts';

/** What a job answers: variables, or a BPMN error. */
export type JobAnswer = Variables | { bpmnError: string };
export type Jobs = Record<string, (input: Variables) => JobAnswer>;

export interface StorySettings {
  process: string;
  businessKey: string;
  /** ISO 8601; default Wednesday 2026-11-04, 10:00 in Beijing. */
  now?: string;
  facility?: string;
  /** Key of the rule set; default `beijing`. */
  rules?: string;
  jobs?: Jobs;
  variables?: Variables;
  startedBy?: string;
}

interface Timer {
  key: Key;
  trigger: number;
  dueAt: string;
}

interface Running {
  plan: Plan;
  state: InstanceState;
  journal: JournalEntry[];
  timers: Timer[];
  calls: Map<Key, Running>;
  parent?: { of: Running; key: Key };
  outcome?: Extract<Command, { do: 'end' }>;
}

export interface Told {
  limit: string;
  roles: string[];
  at: string;
}

export interface Story {
  /** Completes the open task drawn as `element`, here or in a called process; throws when it is refused. */
  complete(element: string, variables?: Variables, by?: string): void;
  /** The same, giving back why it was refused (undefined: it was not). */
  tryToComplete(element: string, variables?: Variables, by?: string): Refusal | undefined;
  /** Lets time go by (ISO 8601 duration); what falls due on the way happens at its time. */
  advance(duration: string): void;
  message(name: string, variables?: Variables): void;
  /** Elements that wait for somebody: open tasks and jobs, here and in called processes, in the order of their beginning. */
  waitingAt(): string[];
  task(element: string): UserTask;
  clock(id: string): ClockRecord;
  /** Limits that were crossed, and who was told. */
  told: Told[];
  /** Jobs that ran, by type, with what they were given. */
  jobs: { type: string; input: Variables; headers: Record<string, string> }[];
  variable(name: string): unknown;
  /** Codes of open incidents, `<element>: <code>`. */
  incidents(): string[];
  /** Elements completed so far, in order, of the told process itself. */
  path(): string[];
  now(): string;
  status(): InstanceState['status'];
  stage(): string | undefined;
}

const quietJobs: Jobs = {
  'reserve-refund': () => ({ reserved: true }),
  'release-refund': () => ({ reserved: false }),
  'order-payment': (input) => ({ orderId: `PAY-${String(input['refundId'])}` }),
};

/** Starts an instance of a shipped definition. */
export async function aStory(settings: StorySettings): Promise<Story> {
  const { facility = 'BJ', rules: ruleKey = 'beijing', startedBy = 'intake-bj' } = settings;
  const calendar = chinaCalendar();
  const rules = ruleSets().find((set) => set.key === ruleKey)?.rules ?? {};
  const answers: Jobs = { ...quietJobs, ...settings.jobs };
  const plans = new Map<string, Plan>();
  for (const key of ['complaint', 'refund', settings.process])
    if (!plans.has(key) && isShipped(key)) plans.set(key, await planOf(key));
  let now = settings.now ?? '2026-11-04T02:00:00.000Z';
  const told: Told[] = [];
  const jobs: Story['jobs'] = [];
  const everyone: Running[] = [];

  function begin(process: string, businessKey: string, variables: Variables, parent?: Running['parent']): Running {
    const plan = plans.get(process);
    if (!plan) throw new Error(`There is no process ${process}.`);
    const definition = { key: process, version: 1, hash: 'test' };
    const state = createInstance(plan, { id: `${process}/${businessKey}`, businessKey, definition, calendar, now });
    const running: Running = { plan, state, journal: [], timers: [], calls: new Map(), ...(parent && { parent }) };
    everyone.push(running);
    const own = { businessKey, facility, startedAt: now, startedBy, rules };
    feed(running, { type: 'start', variables: { ...variables, ...own }, by: { id: startedBy } });
    return running;
  }

  function feed(running: Running, event: EngineEvent): Refusal | undefined {
    const env = { now, evaluator: createEvaluator(running.plan) };
    const { state, commands, journal, refusal } = step(running.plan, running.state, event, env);
    // As between two steps of the real thing: the state is JSON and nothing else.
    running.state = JSON.parse(JSON.stringify(state));
    running.journal.push(...journal);
    for (const command of commands) carryOut(running, command);
    return refusal;
  }

  function carryOut(running: Running, command: Command): void {
    switch (command.do) {
      case 'run-job': {
        jobs.push({ type: command.type, input: command.input, headers: command.headers });
        const answer = answers[command.type]?.(command.input) ?? {};
        const { key } = command;
        if ('bpmnError' in answer) {
          const errorCode = String(answer['bpmnError']);
          feed(running, { type: 'job-failed', key, code: 'BpmnError', message: errorCode, errorCode });
        } else feed(running, { type: 'job-completed', key, variables: answer });
        return;
      }
      case 'arm-timer':
        running.timers.push({ key: command.key, trigger: command.trigger, dueAt: command.dueAt });
        return;
      case 'call': {
        const { key, process, businessKey, variables } = command;
        const child = begin(process, businessKey, variables, { of: running, key });
        running.calls.set(key, child);
        return;
      }
      case 'drop': {
        running.timers = running.timers.filter((timer) => timer.key !== command.key);
        const child = running.calls.get(command.key);
        running.calls.delete(command.key);
        if (child && !child.outcome) feed(child, { type: 'cancel', reason: 'dropped', by: { id: 'system' } });
        return;
      }
      case 'tell':
        told.push({ limit: command.clock.id, roles: command.clock.tell, at: now });
        return;
      case 'end':
        running.outcome = command;
        running.timers = [];
        if (running.parent && command.status === 'completed')
          feed(running.parent.of, {
            type: 'call-completed',
            key: running.parent.key,
            variables: command.variables,
          });
        return;
      case 'publish-message':
      case 'broadcast-signal':
        return;
    }
  }

  /** Fires what is due until `until`, earliest first. */
  function ring(until: string): void {
    for (;;) {
      const due = everyone
        .flatMap((running) => running.timers.map((timer) => ({ running, timer })))
        .filter(({ timer }) => timer.dueAt <= until)
        .sort((a, b) => (a.timer.dueAt < b.timer.dueAt ? -1 : 1))[0];
      if (!due) return;
      const { running, timer } = due;
      running.timers = running.timers.filter((other) => other !== timer);
      if (timer.dueAt > now) now = timer.dueAt;
      feed(running, { type: 'timer', key: timer.key, trigger: timer.trigger });
    }
  }

  const open = (kinds: string[]) =>
    everyone.flatMap((running) =>
      Object.values(running.state.waits)
        .filter((wait) => kinds.includes(wait.kind))
        .sort((a, b) => Number(a.key) - Number(b.key))
        .map((wait) => ({ running, wait })),
    );
  const taskAt = (element: string) => {
    const found = open(['task']).find(({ wait }) => wait.element === element);
    if (!found)
      throw new Error(`Nothing waits at ${element}; open: ${open(['task']).map(({ wait }) => wait.element)}.`);
    return { running: found.running, wait: found.wait as WaitOf<'task'> };
  };

  const root = begin(settings.process, settings.businessKey, settings.variables ?? {});
  ring(now);

  const story: Story = {
    told,
    jobs,
    tryToComplete(element, variables = {}, by) {
      const { running, wait } = taskAt(element);
      const [role = 'somebody'] = wait.task.candidateGroups;
      const refusal = feed(running, {
        type: 'task',
        key: wait.key,
        action: { type: 'complete', variables },
        by: { id: by ?? `${role}-bj`, role },
      });
      ring(now);
      return refusal;
    },
    complete(element, variables, by) {
      const refusal = story.tryToComplete(element, variables, by);
      if (refusal) throw new Error(`${element}: ${refusal.code} ${JSON.stringify(refusal.details)}`);
    },
    advance(duration) {
      const until = addDuration(now, duration, calendar.zone);
      ring(until);
      now = until;
    },
    message(name, variables = {}) {
      const id = `message-${root.state.journalLength}`;
      feed(root, { type: 'message', id, name, correlationKey: settings.businessKey, variables });
      ring(now);
    },
    waitingAt: () => open(['task', 'job', 'stuck']).map(({ wait }) => wait.element),
    task: (element) => taskAt(element).wait.task,
    clock(id) {
      const clock = everyone.flatMap(({ state }) => state.clocks).findLast((one) => one.id === id);
      if (!clock) throw new Error(`There is no clock ${id}.`);
      return clock;
    },
    variable: (name) =>
      root.outcome ? root.outcome.variables[name] : root.state.waits[root.state.root]?.variables?.[name],
    incidents: () =>
      everyone.flatMap(({ state }) =>
        Object.values(state.waits).flatMap((wait) =>
          wait.incident ? [`${wait.element}: ${wait.incident.message}`] : [],
        ),
      ),
    path: () =>
      root.journal.flatMap((line) => (line.kind === 'element-completed' && line.element ? [line.element] : [])),
    now: () => now,
    status: () => root.state.status,
    stage: () => root.state.stage?.id,
  };
  return story;
}
