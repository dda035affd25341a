/** A process as a Temporal workflow: setup, then a loop that passes events to the engine and executes its commands. */

import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  CancelledFailure,
  condition,
  continueAsNew,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { createInstance as newState } from '../../engine/core/step.ts';
import { ownValue } from '../../engine/model/own-property.ts';
import { oversizeOf } from '../../engine/model/payload-size.ts';
import type { EngineEvent, Incident } from '../../engine/model/types.ts';
import { processNow } from '../../engine/time/time-scale.ts';
import { createCallAdmission } from './call-admission.ts';
import { createCalls, reportToCallers } from './calls.ts';
import { uncancellable } from './cancellation-scopes.ts';
import { type CarriedRun, maxHistory, shouldContinueAsNew, takeCarriedRun, written } from './carry-over.ts';
import { setClockHandler } from './clock-update.ts';
import { createCommandExecutor } from './commands.ts';
import { createContinueAsNewGuard } from './continue-as-new-guard.ts';
import { createInstance } from './create-instance.ts';
import { loadDefinition } from './definitions.ts';
import { setHandlers } from './handlers.ts';
import type { Hooks } from './instance.ts';
import { type Ended, maxSummaryBytes, type Outcome, type StartInput } from './instance-messages.ts';
import { startVariables } from './intake.ts';
import { callInput, jobContext, lineageOf } from './job-context.ts';
import { createJobs } from './jobs.ts';
import { loadedPlan } from './plans.ts';
import { attributeChanges, currentAttributes, detailsText } from './presentation.ts';
import { nowIn, timeScaleFor } from './process-time.ts';
import { createProjector } from './projector.ts';
import { clipText } from './search-attributes.ts';
import { createTimers, nextDue, timersOf } from './timers.ts';
import { elementName } from './view.ts';

const system = { id: 'system' };

export function runInstance(input: StartInput, hooks: Hooks = {}): Promise<Outcome> {
  const info = workflowInfo();
  const self = info.workflowId;
  const carried = takeCarriedRun(input);
  let cancelRequested = carried?.cancelRequested ?? false;
  let outgoing = 0;

  const instance = createInstance(input, hooks, (commands) => carryOut(commands), carried);
  const seqAtStart = instance.seq;
  const feed = (event: EngineEvent) => void instance.apply(event);
  const nameOf = (element: string) => clipText(elementName(instance.plan, element), maxSummaryBytes - 90);
  const handOver = createContinueAsNewGuard(instance);
  const projector = createProjector(
    instance.writes,
    instance.resync,
    (task) => feed({ type: 'task-unassignable', ...task }),
    () => instance.journalRefusal({ code: 'identity-conflict', data: { facility: input.facility } }),
    (rows) => {
      if (rows && instance.ownIncident('rows-refused')) return;
      const incident: Incident | undefined = rows && {
        code: 'rows-refused',
        params: { reason: 'rows-refused', ...rows },
        at: instance.env().now,
      };
      instance.setOwnIncident('rows-refused', incident);
    },
    () => instance.ownIncident('rows-refused') !== undefined,
  );
  const timers = createTimers(() => instance.timeScale, feed, instance.touch);
  const jobs = createJobs({
    feed,
    summary: (job) => (job.part === undefined ? nameOf(job.element) : `${nameOf(job.element)}：监听 ${job.part}`),
    worker: (type) => {
      const { workers } = instance.plan;
      return ownValue(workers, type);
    },
    context: (job) => jobContext(self, instance, job),
  });
  const calls = createCalls(
    {
      self,
      feed,
      outgoing: keepOpen,
      startInput: (command) => callInput(self, instance, command),
      admit: createCallAdmission(lineageOf(self, input).root),
      nameOf,
    },
    carried?.calls,
  );
  const carryOut = createCommandExecutor({ self, instance, timers, jobs, calls, keepOpen });

  setHandlers(instance, calls);
  setClockHandler(instance, timers, jobs);
  hooks.handlers?.(instance);
  CancellationScope.current().cancelRequested.catch(() => {
    cancelRequested = true;
    instance.whenReady(() => feed({ type: 'cancel', reason: '由 Temporal 请求取消', by: system }));
  });

  return uncancellable(run);

  async function run(): Promise<Outcome> {
    if (carried) resume(carried);
    else await begin();

    // The single wait of the workflow: projects changes after the step's local jobs, then ends or continues as new.
    for (;;) {
      await condition(() => (instance.dirty && !jobs.settling()) || mayEnd() || mayCarryOver() || mustDetach());
      if (instance.dirty && !jobs.settling()) show();
      else if (mayEnd()) return await finish();
      else if (mayCarryOver()) await carryOver();
      else calls.makeIndependent();
    }
  }

  async function begin(): Promise<void> {
    // Not the time of the first workflow task, which differs at replay when the task was kept open for the database.
    const began = info.startTime.toISOString();
    const timeScale = timeScaleFor(input, began);
    const now = processNow(timeScale, began);
    const { process, version, hash: knownHash, facility, organisationRevision, origin } = input;
    const ask = {
      instance: self,
      process,
      facility,
      now,
      // A start request needs a business key that was never used.
      ...(origin === undefined && { firstSeq: seqAtStart }),
      ...(version !== undefined && { version }),
      ...(knownHash !== undefined && { hash: knownHash }),
      ...(organisationRevision !== undefined && { organisationRevision }),
      ...(input.bound && { bound: input.bound }),
      ...(input.ruleSet && { ruleSet: input.ruleSet }),
      // Calls are counted by the caller.
      ...(input.lineage && input.parent === undefined && { root: input.lineage.root }),
    };
    const loaded = await loadDefinition(ask);
    const { hash, calendar, journalFrom, revision } = loaded;
    if (loaded.ruleSet) input.ruleSet = loaded.ruleSet;
    const plan = loadedPlan(hash, loaded.plan);
    const definition = { key: process, version: loaded.version, hash };
    const { businessKey } = input;
    instance.begin({
      plan,
      timeScale,
      journalFrom,
      state: newState(plan, {
        id: self,
        businessKey,
        definition,
        revision,
        calendar,
        now,
        ...(input.depth !== undefined && { depth: input.depth }),
      }),
    });
    const startedBy = input.startedBy.id;
    const { taken, refused } = startVariables(plan, input);
    instance.apply({
      type: 'start',
      variables: { ...taken, businessKey, facility, startedAt: now, startedBy, rules: loaded.rules },
      by: input.startedBy,
      ...(input.startEvent !== undefined && { startEvent: input.startEvent }),
      ...(loaded.limit !== undefined && { descendants: loaded.limit }),
    });
    if (refused.length > 0)
      instance.journalRefusal({ code: 'not-declared', by: input.startedBy, data: { names: refused } });
    instance.open();
  }

  function resume(from: CarriedRun): void {
    instance.begin(from);
    for (const timer of timersOf(from.state)) timers.arm({ ...timer, summary: nameOf(timer.element) });
    timers.wakeAt(nextDue(from.state, nowIn(from.timeScale)));
    for (const job of from.jobs) jobs.run(job);
    setCurrentDetails(detailsText(instance.view()));
    instance.open();
  }

  /** The run stays open until the work is done. */
  async function keepOpen<T>(work: Promise<T>): Promise<T> {
    outgoing += 1;
    try {
      return await work;
    } finally {
      outgoing -= 1;
    }
  }

  /** Rows to the database, attributes and details to the Temporal UI: once per burst, changes only. */
  function show(): void {
    const view = instance.view();
    instance.attempt('presentation', () => {
      const shown = currentAttributes(view);
      const changes = attributeChanges(instance.shown, shown);
      instance.shown = shown;
      if (changes.length > 0) upsertSearchAttributes(changes);
      setCurrentDetails(detailsText(view));
    });
    const burst = instance.closeBurst();
    if (burst) projector.write(burst.rows);
    if (!instance.ended) timers.wakeAt(nextDue(view.state, view.now));
  }

  function quiet(): boolean {
    return !instance.dirty && outgoing === 0 && projector.idle() && allHandlersFinished();
  }

  function mayEnd(): boolean {
    return instance.ended !== undefined && quiet();
  }

  /** A run without work must not continue as new; a low `continueAfter` would loop forever. */
  function wantsNewRun(): boolean {
    const now = workflowInfo();
    if (instance.ended !== undefined || instance.unrecorded || instance.seq <= seqAtStart) return false;
    return shouldContinueAsNew(now, input.continueAfter) && handOver.due(now.historyLength);
  }

  function mayCarryOver(): boolean {
    if (!wantsNewRun() || !quiet() || !calls.independent()) return false;
    return jobs.open().length === 0 || workflowInfo().historyLength > (input.continueWithJobsAfter ?? maxHistory);
  }

  /** Only a call that does not report yet prevents the run from ending. */
  function mustDetach(): boolean {
    return wantsNewRun() && quiet() && calls.canAsk();
  }

  /** @returns when the state is too large for continue-as-new */
  async function carryOver(): Promise<void> {
    const { plan, state, timeScale, seq, journalFrom, shown, memory, reports } = instance;
    const refused = instance.ownIncident('rows-refused');
    const next: CarriedRun = {
      plan,
      state,
      timeScale,
      processed: instance.processed.list(),
      seals: instance.seals.list(),
      seq,
      journalFrom,
      shown,
      calls: calls.open(),
      jobs: jobs.open(),
      reports,
      memory,
      workers: [...instance.workers],
      cancelRequested,
      ...(refused && { refusedRows: refused }),
    };
    // The initial variables are part of the state by now.
    const start: StartInput = { ...input, variables: {}, carried: written(next) };
    if (!handOver.fits(start, workflowInfo().historyLength)) return;
    await continueAsNew<(input: StartInput) => Promise<Outcome>>(start);
  }

  async function finish(): Promise<Outcome> {
    if (!instance.ended) throw new Error('The process has not ended.');
    const ended = endAsReported(instance.ended);
    await hooks.ending?.(instance, ended);
    await reportToCallers(self, instance.reports, ended);
    const { status, variables, error, tooLarge } = ended;
    if (tooLarge !== undefined && input.parent !== undefined)
      throw ApplicationFailure.nonRetryable(tooLarge, 'OutcomeTooLarge');
    if (status === 'failed') throw ApplicationFailure.nonRetryable(error?.message, 'BpmnError', error?.code, variables);
    if (cancelRequested && status === 'cancelled') throw new CancelledFailure('Cancelled on request.');
    return { status, variables };
  }
}

/** The caller must not mistake missing variables for absent ones. */
function endAsReported(ended: Ended): Ended {
  const size = oversizeOf(ended.variables);
  if (!size) return ended;
  const { megabytes, limit } = size;
  const tooLarge = `The variables at the end have ${megabytes} MB; Temporal accepts ${limit} MB. They were not returned.`;
  return { ...ended, variables: {}, tooLarge };
}
