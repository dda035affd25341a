/** Updates, signals and queries of every process. Registered before the first await, as earlier updates would be rejected otherwise. */

import {
  condition,
  currentUpdateInfo,
  defineQuery,
  defineSignal,
  defineUpdate,
  setDefaultSignalHandler,
  setHandler,
} from '@temporalio/workflow';
import { jobCatalogue } from '../../activities/jobs/catalogue.ts';
import { undeclaredInSignal } from '../../engine/core/intake.ts';
import { refuse } from '../../engine/core/step.ts';
import { explain } from '../../engine/explain/explain.ts';
import { refusal as refuseWith } from '../../engine/messages/refusals.ts';
import { ownValue } from '../../engine/model/own-property.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import type {
  EngineEvent,
  ExplainContext,
  Explanation,
  InstanceState,
  Key,
  Refusal,
} from '../../engine/model/types.ts';
import { processNow } from '../../engine/time/time-scale.ts';
import { isSealed, type Origin } from '../sealing/marks.ts';
import { describeAct } from './act-descriptions.ts';
import { type AdmittedPersons, admitSignal, admitUpdate, requireNamed, requireNewSeal } from './admission.ts';
import type { Burst } from './bursts.ts';
import type { Calls } from './calls.ts';
import { handlerWords } from './display-names.ts';
import type { Instance } from './instance.ts';
import { setChangeHandlers } from './instance-changes.ts';
import {
  type Answer,
  queryNames,
  signalNames,
  updateNames,
  type VariablesAsked,
  type VariablesSnapshot,
} from './instance-messages.ts';
import {
  explainContextFrom,
  isBroadcast,
  isCalendar,
  isCallEscalated,
  isCallResult,
  isRecord,
  isReportTo,
  isUndelivered,
  updateEvents,
} from './payload-guards.ts';
import { nowIn } from './process-time.ts';
import { mergeProjections, taskOf } from './rows.ts';
import { answerOf, refused, untilWritten } from './update-answers.ts';
import { variablesSnapshot } from './variable-scopes.ts';

/** Timeout for task listeners; a later denial is visible at the task. */
const listenersPatience = '10s';

export function setHandlers(instance: Instance, calls: Calls): void {
  for (const name of Object.values(updateNames)) setUpdate(instance, name, updateEvents[name]);
  setChangeHandlers(instance);
  setSignals(instance, calls);
  setHandler(
    defineQuery<Explanation, [({ now?: string } & ExplainContext)?]>(queryNames.explain),
    (ask) => {
      const { env, timeScale, plan, state } = instance;
      const now = typeof ask?.now === 'string' ? processNow(timeScale, ask.now) : env().now;
      return explain(plan, state, { ...env(), now }, explainContextFrom(ask));
    },
    { description: handlerWords.explain },
  );
  setHandler(defineQuery<InstanceState>(queryNames.state), () => instance.state, { description: handlerWords.state });
  setHandler(
    defineQuery<VariablesSnapshot, [VariablesAsked?]>(queryNames.variables),
    (asked) => variablesSnapshot(instance.view(), isRecord(asked) ? asked : {}),
    { description: handlerWords.variables },
  );
}

/** Reason of refusal: rules of the runtime first, then of the engine. */
function refuseAct(instance: Instance, event: EngineEvent): Refusal | undefined {
  if (instance.retriesRecords(event)) return undefined;
  const { plan, state, env } = instance;
  if (event.type === 'skip' && movesMoney(state, event.key)) return refuseWith('money-element');
  return refuse(plan, state, event, env());
}

/** Skipping such an element would record a payment that was not made. */
function movesMoney({ waits }: InstanceState, key: Key): boolean {
  const wait = waits[key];
  return wait?.kind === 'job' && ownValue(jobCatalogue, wait.jobType)?.movesMoney === true;
}

const nothingChanged: LocalizedText = { zh: '没有变化', en: 'Nothing changed: it is so already.' };

function setUpdate(
  instance: Instance,
  name: keyof typeof updateEvents,
  toEvent: (payload: unknown) => EngineEvent | undefined,
): void {
  /** @throws when it is not authenticated or not a valid update */
  function eventOf(payload: unknown): EngineEvent {
    const event = toEvent(admitUpdate(instance, payload, name === 'task' ? 'any-role' : 'operators'));
    if (!event) throw refused(refuseWith('malformed'));
    return event;
  }

  /** The API's checks of acts on tasks, repeated for callers that bypass it. */
  function requireCandidate(payload: unknown, event: EngineEvent): void {
    if (isSealed(payload) && event.type === 'task' && !isCandidate(instance.state, event))
      throw refused(refuseWith('role-not-held'));
  }

  /** Validator: synchronous; a rejection leaves no trace in the history. Repeats pass, to get the first result. */
  function validator(payload: unknown): void {
    const event = eventOf(payload);
    requireNamed(payload);
    if (!instance.loaded || isRepeat()) return;
    requireCandidate(payload, event);
    const refusal = refuseAct(instance, event);
    if (refusal) throw refused(refusal);
  }

  const isRepeat = () => instance.processed.get(currentUpdateInfo()?.id ?? '') !== undefined;

  async function handler(payload: unknown, origin?: Origin): Promise<Answer> {
    const id = currentUpdateInfo()?.id ?? '';
    const event = eventOf(payload);
    // An update may arrive before the definition is loaded; nothing else is awaited, so the validation still holds.
    if (!instance.loaded) await instance.ready;
    const remembered = instance.processed.get(id);
    if (remembered) return answerOf(instance, remembered.happened, remembered.task ? [remembered.task] : []);
    requireNewSeal(instance, payload, origin);
    requireCandidate(payload, event);
    const before = instance.state;
    const makesRows = instance.retriesRecords(event);
    const refusal = refuseAct(instance, event) ?? instance.apply(event);
    if (refusal) throw refused(refusal);
    // It changes no rows, so there is nothing to wait for.
    if (instance.state === before && !makesRows) {
      instance.processed.add(id, { happened: nothingChanged });
      return answerOf(instance, nothingChanged, []);
    }
    const task = 'key' in event ? event.key : undefined;
    const first = await instance.burst();
    const burst = task === undefined || event.type !== 'task' ? first : await listened(task, first);
    const { rows, happened = describeAct(event) } = burst;
    instance.processed.add(id, { happened, task: taskOf(rows, task) });
    await untilWritten(instance, burst);
    return answerOf(instance, happened, rows.tasks);
  }

  /** Task listeners may deny the act: the response reports that, provided they answer within the timeout. */
  async function listened(key: Key, first: Burst): Promise<Burst> {
    const isHeld = () => {
      const wait = instance.state.waits[key];
      return wait?.kind === 'job' && wait.listener?.act !== undefined && !wait.incident;
    };
    if (!isHeld()) return first;
    const at = nowIn(instance.timeScale);
    let all = first;
    while (isHeld()) {
      let next: Burst | undefined;
      void instance.burst().then((burst) => {
        next = burst;
      });
      if (!(await condition(() => next !== undefined, listenersPatience)) || !next) return all;
      all = { ...next, rows: mergeProjections(all.rows, next.rows) };
    }
    const wait = instance.state.waits[key];
    const denied = wait?.kind === 'task' ? wait.task.denied : undefined;
    if (denied === undefined || denied.at < at) return all;
    throw refused(
      refuseWith('denied-by-listener', denied.reason === undefined ? undefined : { reason: denied.reason }),
    );
  }

  setHandler(defineUpdate<Answer, [unknown]>(name), handler, {
    validator,
    description: handlerWords[name],
  });
}

function isCandidate({ waits }: InstanceState, { key, by }: Extract<EngineEvent, { type: 'task' }>): boolean {
  const wait = waits[key];
  if (wait?.kind !== 'task') return true;
  const { assignee, candidateGroups, candidateUsers } = wait.task;
  const inRole = by.role !== undefined && candidateGroups.includes(by.role);
  return inRole || assignee === by.id || candidateUsers.includes(by.id);
}

/** A signal handler never throws, as that would fail the workflow. Invalid signals are journaled as refused. */
function setSignals(instance: Instance, calls: Calls): void {
  function onSignal<T>(
    name: (typeof signalNames)[keyof typeof signalNames],
    is: (payload: unknown) => payload is T,
    take: (payload: T) => void,
    persons: AdmittedPersons = 'none',
  ): void {
    setHandler(
      defineSignal<[unknown, Origin?]>(name),
      (sent, origin) =>
        instance.whenReady(() => {
          const admitted = admitSignal(instance, name, sent, origin, persons);
          if (!admitted) return;
          if (is(admitted.payload)) take(admitted.payload);
          else instance.journalRefusal({ code: 'malformed', data: { signal: name } });
        }),
      { description: handlerWords[name] },
    );
  }
  onSignal(
    signalNames.signal,
    isBroadcast,
    ({ id, name, variables }) => {
      const { plan, state } = instance;
      const names = plan.openIntake ? [] : undeclaredInSignal(plan, state.waits, name, variables);
      if (names.length > 0) instance.journalRefusal({ code: 'not-declared', data: { signal: name, names } });
      instance.apply({ type: 'signal', name, variables, ...(id !== undefined && { id }) });
    },
    'operators',
  );
  onSignal(signalNames.undelivered, isUndelivered, ({ id, name: message, element, until }) =>
    instance.journalMessage('message-undelivered', { id, message, until, ...(element !== undefined && { element }) }),
  );
  onSignal(signalNames.calendar, isCalendar, (calendar) => {
    instance.apply({ type: 'calendar', calendar });
  });
  onSignal(signalNames.callResult, isCallResult, (result) => calls.result(result));
  onSignal(signalNames.callEscalated, isCallEscalated, (escalation) => calls.escalated(escalation));
  onSignal(signalNames.reportTo, isReportTo, (report) => {
    if (!instance.reports.some((one) => one.parent === report.parent && one.key === report.key))
      instance.reports.push({ parent: report.parent, key: report.key });
  });
  setDefaultSignalHandler((name) =>
    instance.whenReady(() => instance.journalRefusal({ code: 'unknown-signal', data: { signal: name } })),
  );
}
