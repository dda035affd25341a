/** The engine's state of one running instance, the changes collected until the next projection, and the step that every event goes through. */
import { Trigger, workflowInfo } from '@temporalio/workflow';
import { ENGINE_REVISION } from '../../engine/core/revision.ts';
import { step } from '../../engine/core/step.ts';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import type { Json, Plan, Variables } from '../../engine/model/plan.ts';
import type {
  EngineEvent,
  Env,
  Incident,
  IncidentCode,
  InstanceState,
  JournalEntry,
  Refusal,
  StepResult,
} from '../../engine/model/types.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import { createBursts } from './bursts.ts';
import { type CarriedRun, createProcessedUpdates } from './carry-over.ts';
import { createColumns } from './columns.ts';
import type { ExecuteCommands, Hooks, Instance } from './instance.ts';
import type { StartInput } from './instance-messages.ts';
import { intakeOf } from './intake.ts';
import { sharedPlan } from './plans.ts';
import { noAttributes } from './presentation.ts';
import { nowIn } from './process-time.ts';
import { createRecords, recordFailed } from './records.ts';
import { createSeals } from './seals.ts';
import { createTitle } from './title.ts';

export function createInstance(
  input: StartInput,
  hooks: Hooks,
  carryOut: ExecuteCommands,
  carried: CarriedRun | undefined,
): Instance {
  let plan: Plan | undefined;
  let state: InstanceState | undefined;
  let timeScale: TimeScale | undefined;
  let lastVariables: Variables = {};
  // Real milliseconds, so that a later run of the same id, or a repeated step that Temporal discarded, writes newer
  // rows. Starts at the start of the workflow, which is the same in every attempt of the first step (unlike
  // `runStartTime`).
  const bursts = createBursts(
    carried?.seq ?? workflowInfo().startTime.getTime(),
    carried !== undefined,
    carried?.workers,
  );
  const columnsOf = createColumns();
  const titleOf = createTitle();
  let journalFrom = 0;
  let loaded = false;
  const own = new Map<IncidentCode, Incident>(carried?.refusedRows && [['rows-refused', carried.refusedRows]]);
  const ready = new Trigger<void>();
  const backlog: (() => void)[] = [];
  const queue: EngineEvent[] = [];
  let stepping = false;
  const records = createRecords();

  function env(): Env {
    const intake = intakeOf(instance.plan);
    return { now: nowIn(instance.timeScale), evaluator: createEvaluator(instance.plan), ...(intake && { intake }) };
  }

  function variablesOf(state: InstanceState): Variables {
    const root = state.waits[state.root];
    if (root?.variables) lastVariables = root.variables;
    return lastVariables;
  }

  function stepOnce(event: EngineEvent): Refusal | undefined {
    const before = instance.state;
    const result = step(instance.plan, before, event, env());
    if (result.refusal) {
      // An act whose step failed leaves an incident.
      if (result.state !== before) absorb(before, result);
      return result.refusal;
    }
    if (result.state === before && result.commands.length === 0) {
      // The event may come because a previous step was not committed: its rows are verified.
      bursts.touch();
      return undefined;
    }
    absorb(before, result, event);
    return undefined;
  }

  function absorb(before: InstanceState, result: StepResult, event?: EngineEvent): void {
    state = result.state;
    const end = result.commands.find((command) => command.do === 'end');
    if (end) {
      lastVariables = end.variables;
      instance.ended = { status: end.status, variables: end.variables, ...(end.error && { error: end.error }) };
    }
    collect(before, result.journal);
    const { applied } = hooks;
    if (event && applied) records.keep('acts', () => applied(event, before, instance));
    carryOut(result.commands);
  }

  /** Effects of commands are queued until the step is complete. */
  function inOrder<T>(work: () => T): T {
    stepping = true;
    try {
      const answer = work();
      for (let next = queue.shift(); next; next = queue.shift()) stepOnce(next);
      tellOfRecords();
      return answer;
    } finally {
      stepping = false;
    }
  }

  /** Changes outside engine steps. */
  function addLine(line: Omit<JournalEntry, 'n' | 'at'>): void {
    const before = instance.state;
    const n = before.journalLength + 1;
    state = { ...before, journalLength: n };
    collect(before, [{ n, at: env().now, ...line }]);
  }

  function collect(before: InstanceState, lines: JournalEntry[]): void {
    bursts.touch();
    records.keep('steps', () => bursts.collect(before, instance.view(), lines));
  }

  /** Raises or resolves the incident of failed records. */
  function tellOfRecords(): void {
    const known = own.get(recordFailed);
    const incident = records.incident(env().now);
    if (incident && !known) instance.setOwnIncident(recordFailed, incident);
    if (!incident && known) instance.setOwnIncident(recordFailed, undefined);
  }

  const instance: Instance = {
    input,
    processed: createProcessedUpdates(carried?.processed),
    seals: createSeals(carried?.seals),
    memory: carried?.memory ?? {},
    reports: carried?.reports ?? [],
    shown: carried?.shown ?? noAttributes,
    writes: { upTo: carried?.seq ?? 0, failing: false },
    ready,
    get loaded() {
      return loaded;
    },
    get plan() {
      return present(plan);
    },
    get state() {
      return present(state);
    },
    get timeScale() {
      return present(timeScale);
    },
    get seq() {
      return bursts.seq;
    },
    get journalFrom() {
      return journalFrom;
    },
    workers: bursts.workers,
    ownIncident: (code) => own.get(code),
    get dirty() {
      return bursts.dirty;
    },
    begin(from) {
      const { revision } = from.state;
      // Fails the workflow task, which is retried until a worker with a sufficient revision takes it; replay under
      // older rules would diverge.
      if (revision > ENGINE_REVISION)
        throw new Error(`This instance has engine revision ${revision}, this worker goes up to ${ENGINE_REVISION}.`);
      plan = sharedPlan(from.state.definition.hash, from.plan);
      state = from.state;
      timeScale = from.timeScale;
      journalFrom = from.journalFrom;
      if (carried) bursts.shows(state);
    },
    setTimeScale(scale) {
      timeScale = scale;
      bursts.touch();
    },
    open() {
      loaded = true;
      ready.resolve();
      for (const work of backlog.splice(0)) work();
    },
    whenReady(work) {
      if (loaded) work();
      else backlog.push(work);
    },
    env,
    view() {
      const here = env();
      const variables = variablesOf(instance.state);
      return {
        plan: instance.plan,
        state: instance.state,
        variables,
        title: titleOf({ plan: instance.plan, state: instance.state, variables }, here),
        input,
        timeScale: instance.timeScale,
        now: here.now,
        memory: instance.memory,
        workers: bursts.workers,
        // Needed by rows only, once per burst.
        get columns() {
          return columnsOf(this, here);
        },
        journalFrom,
        run: workflowInfo().runId,
        ...(own.size > 0 && { ownIncidents: [...own.values()] }),
      };
    },
    apply(event) {
      if (stepping) {
        queue.push(event);
        return undefined;
      }
      if (instance.retriesRecords(event)) {
        inOrder(records.retry);
        bursts.touch();
        return undefined;
      }
      return inOrder(() => stepOnce(event));
    },
    retriesRecords(event) {
      const { root, waits } = instance.state;
      return event.type === 'retry' && event.key === root && own.has(recordFailed) && !waits[root]?.incident;
    },
    take(result, next) {
      const before = instance.state;
      if (next) plan = sharedPlan(result.state.definition.hash, next);
      inOrder(() => absorb(before, result));
    },
    journalRefusal({ code, by, data }) {
      addLine({ kind: 'act-refused', data: { code, ...data } as Json, ...(by && { by }) });
    },
    journalMessage(kind, { element, ...data }) {
      addLine({ kind, data, ...(element !== undefined && { element }) });
    },
    setOwnIncident(code, incident) {
      if (incident) own.set(code, incident);
      else own.delete(code);
      const { root, definition } = instance.state;
      const line = { element: definition.key, key: root };
      if (incident)
        addLine({ kind: 'incident-raised', ...line, data: { code: incident.code, params: incident.params as Json } });
      else addLine({ kind: 'incident-resolved', ...line });
    },
    touch: bursts.touch,
    resync: bursts.correct,
    burst: bursts.current,
    closeBurst() {
      const { row } = hooks;
      const closed = records.make('rows', () => {
        const view = instance.view();
        return bursts.close(view, row && ((of, seq) => records.make(`row of ${input.process}`, () => row(of, seq))));
      });
      if (!closed) bursts.hold();
      tellOfRecords();
      return closed;
    },
    attempt: (what, work) => records.make(what, work),
    get unrecorded() {
      return records.pending;
    },
  };
  return instance;
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('The process has not started yet.');
  return value;
}
