/** Listeners: `zeebe:executionListeners` and `zeebe:taskListeners`, and at which elements a listener event can never occur. */
import { traitsOf } from '../model/element-kinds.ts';
import type { JobDefinition, ListenerEvent, PlanElement } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { child, childrenOf, type ModdleElement, text } from './element.ts';
import { extensionOf } from './extensions.ts';
import { headersIn, jobFrom } from './jobs.ts';

type Listeners = NonNullable<PlanElement['listeners']>;

const executionEvents: readonly string[] = ['start', 'end', 'beforeAll', 'cancel'];
const taskEvents: readonly string[] = ['creating', 'assigning', 'updating', 'completing', 'canceling'];
/** Names that modelers wrote before these events were named as they are. */
const renamed: Record<string, string> = {
  create: 'creating',
  assignment: 'assigning',
  update: 'updating',
  complete: 'completing',
  cancel: 'canceling',
};

const isEvent = (name: string): name is ListenerEvent => executionEvents.includes(name) || taskEvents.includes(name);

/** @param of the compiled element */
export function listenersOf(element: ModdleElement, of: PlanElement, c: Compilation): Listeners | undefined {
  const found: Listeners = {};
  for (const one of declared(element, 'zeebe:ExecutionListeners'))
    add(found, one, text(one, 'eventType') ?? '', executionEvents, element, of, c);
  for (const one of declared(element, 'zeebe:TaskListeners')) {
    const event = text(one, 'eventType') ?? '';
    add(found, one, renamed[event] ?? event, taskEvents, element, of, c);
  }
  return Object.keys(found).length > 0 ? found : undefined;
}

function declared(element: ModdleElement, type: string): ModdleElement[] {
  const list = extensionOf(element, type);
  return list ? childrenOf(list, 'listeners') : [];
}

function add(
  found: Listeners,
  listener: ModdleElement,
  event: string,
  known: readonly string[],
  element: ModdleElement,
  of: PlanElement,
  c: Compilation,
): void {
  if (!known.includes(event) || !isEvent(event)) {
    c.report.error(element, 'bad-listener', `A listener hears "${event}", which is no event of its kind.`, {
      hint: `Choose one of ${known.join(', ')}.`,
    });
    return;
  }
  const never = neverCalled(event, of);
  if (never) {
    c.report.error(element, 'listener-never-heard', never.message, { hint: never.hint });
    return;
  }
  const job = jobFrom(listener, `Listener "${event}"`, element, c);
  if (!job) {
    c.report.error(element, 'no-job-type', `Its listener for "${event}" does not say which job it is.`, {
      hint: 'Give the listener a type.',
    });
    return;
  }
  const headers = headersIn(child(listener, 'headers'));
  const definition: JobDefinition = { ...job, ...(headers && { headers }) };
  const before = found[event] ?? [];
  if (before.some((other) => JSON.stringify(other.type) === JSON.stringify(definition.type))) {
    c.report.error(element, 'duplicate-listener', `It has two listeners of the same type for "${event}".`, {
      hint: 'Keep one of them, or give them types of their own.',
    });
    return;
  }
  found[event] = [...before, definition];
}

interface Never {
  message: string;
  hint: string;
}

/** Refuses listeners that would never be called. */
function neverCalled(event: ListenerEvent, of: PlanElement): Never | undefined {
  if (taskEvents.includes(event))
    return of.kind === 'userTask' ? undefined : no('Only user tasks have task listeners.', 'Use execution listeners.');
  if (event === 'cancel')
    return of.kind === 'process'
      ? undefined
      : no('Only a process has listeners that hear "cancel".', 'Move it to the process.');
  if (event === 'beforeAll')
    return 'loop' in of && of.loop?.type === 'multi'
      ? undefined
      : no('Only a multi-instance has listeners that hear "beforeAll".', 'Make it a "start" listener.');
  return event === 'start' ? startNeverCalled(of) : endNeverCalled(of);
}

const no = (message: string, hint: string): Never => ({ message, hint });

function startNeverCalled(of: PlanElement): Never | undefined {
  if (of.kind === 'startEvent')
    return no(
      'Nothing comes before a start event: its "start" listener would never be asked.',
      'Put it at the process or subprocess, or make it an "end" listener.',
    );
  if (of.kind === 'boundaryEvent')
    return no(
      'A boundary event begins with its activity: its "start" listener would never be asked.',
      'Put it at the activity, or make it an "end" listener.',
    );
  if (of.kind === 'eventBasedGateway' && of.instantiate)
    return no(
      'The process begins behind this gateway: its "start" listener would never be asked.',
      'Put it at the process, or at the events behind the gateway.',
    );
  return undefined;
}

/** Ends that take others with them, or hand the token on, before anybody could be asked. */
const abrupt: readonly string[] = ['error', 'terminate', 'cancel', 'link'];

function endNeverCalled(of: PlanElement): Never | undefined {
  if (traitsOf(of).family === 'gateway')
    return no(
      'A gateway takes its flows at once: its "end" listener would never be asked.',
      'Make it a "start" listener of the element behind it.',
    );
  if (of.kind === 'endEvent' || of.kind === 'intermediateThrowEvent') {
    const event = of.events.find(({ type }) => abrupt.includes(type));
    if (event)
      return no(
        `Its "end" listener would never be asked: what throws "${event.type}" is over at once.`,
        'Make it a "start" listener.',
      );
  }
  if (of.kind === 'boundaryEvent' && of.events.some(({ type }) => type === 'compensate'))
    return no('A compensation boundary event is never passed.', 'Put the listener at the compensation handler.');
  return undefined;
}
