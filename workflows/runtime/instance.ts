/**
 * One running instance: the engine's state, the changes collected until the next projection, and the step that every event goes through.
 */
import { Trigger, workflowInfo } from '@temporalio/workflow';
import type { ProcessRow, Projection } from '../../activities/types.ts';
import { ENGINE_REVISION } from '../../engine/core/revision.ts';
import { step } from '../../engine/core/step.ts';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import type { Json, Plan, Variables } from '../../engine/model/plan.ts';
import type {
  Actor,
  Command,
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
import { type Burst, createBursts } from './bursts.ts';
import { type CarriedRun, createProcessedUpdates, type ProcessedUpdates } from './carry-over.ts';
import { createColumns } from './columns.ts';
import type { Ended, ReportTo, StartInput } from './instance-messages.ts';
import { intakeOf } from './intake.ts';
import { sharedPlan } from './plans.ts';
import { noAttributes, type VisibilityAttributes } from './presentation.ts';
import { nowIn } from './process-time.ts';
import { createRecords, recordFailed } from './records.ts';
import { createSeals, type Seals } from './seals.ts';
import type { View } from './view.ts';

/** Extensions of a process: its own row, messages and memory. */
export interface Hooks {
  row?(view: View, seq: number): ProcessRow;
  /** Registers its own signals and queries, before the first await. */
  handlers?(instance: Instance): void;
  /** Called after an event was processed, before its commands are executed. */
  applied?(event: EngineEvent, before: InstanceState, instance: Instance): void;
  /** Clean-up after the end; the run stays open until it is done. */
  ending?(instance: Instance, ended: Ended): Promise<void>;
}

export interface Instance {
  input: StartInput;
  processed: ProcessedUpdates;
  /** Nonces of accepted signals: a copy from the history is rejected. */
  seals: Seals;
  memory: Record<string, unknown>;
  reports: ReportTo[];
  shown: VisibilityAttributes;
  ended?: Ended;
  /** Number of the newest rows in the database; whether the last attempt to write failed. */
  writes: { upTo: number; failing: boolean };
  /** Set once the definition is loaded and the process has started. */
  readonly loaded: boolean;
  readonly ready: PromiseLike<void>;
  readonly plan: Plan;
  readonly state: InstanceState;
  readonly timeScale: TimeScale;
  readonly seq: number;
  readonly journalFrom: number;
  /** Staff who have claimed or completed a task. */
  readonly workers: ReadonlySet<string>;
  /** Of the instance itself: continue-as-new-guard.ts, projector.ts. */
  ownIncident(code: IncidentCode): Incident | undefined;
  /** There are changes not projected yet. */
  readonly dirty: boolean;
  begin(from: { plan: Plan; state: InstanceState; timeScale: TimeScale; journalFrom: number }): void;
  /** Runs now if the process has started, otherwise as soon as it has. */
  whenReady(work: () => void): void;
  open(): void;
  env(): Env;
  view(): View;
  /** Passes one event to the engine and executes the commands. */
  apply(event: EngineEvent): Refusal | undefined;
  /** A retry of a failed projection or record, not an engine event. */
  retriesRecords(event: EngineEvent): boolean;
  /** Applies a change computed outside `apply`: a modification, or a migration with its plan. Never called within a step. */
  take(result: StepResult, next?: Plan): void;
  /** Journals a refused act from outside. */
  journalRefusal(refusal: { code: string; by?: Actor; data?: Record<string, unknown> }): void;
  /** Journals the outcome of a message thrown here. */
  journalMessage(
    kind: 'message-buffered' | 'message-undelivered',
    message: { id: string; message: string; element?: string; until: string },
  ): void;
  /** Raises an incident of the instance itself, or resolves it when absent. */
  setOwnIncident(code: IncidentCode, incident: Incident | undefined): void;
  /** Due dates may have passed: check again. */
  touch(): void;
  /** The burst in progress; resolves when it is projected. */
  burst(): Promise<Burst>;
  /** Ends the burst with its rows and words for waiting callers; undefined when they cannot be made now. */
  closeBurst(): Burst | undefined;
  /** Work that must not fail the workflow task: a failure is an incident, and the next step retries it. */
  attempt<T>(what: string, work: () => T): T | undefined;
  /** Records of past steps are still pending. */
  readonly unrecorded: boolean;
  /** The database held unexpected rows: all are written again. */
  resync(written: Projection): void;
}

export type ExecuteCommands = (commands: Command[]) => void;

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
  let titleOf: { variables: Variables; title: string } | undefined;
  // Real milliseconds, so that a later run of the same id, or a repeated step that Temporal discarded, writes newer
  // rows. Starts at the start of the workflow, which is the same in every attempt of the first step (unlike
  // `runStartTime`).
  const bursts = createBursts(
    carried?.seq ?? workflowInfo().startTime.getTime(),
    carried !== undefined,
    carried?.workers,
  );
  const columnsOf = createColumns();
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

  function titleFrom(variables: Variables, { now, evaluator }: Env): string {
    const { title } = instance.plan;
    if (!title) return instance.plan.name;
    if (titleOf?.variables !== variables) {
      const value = evaluator.evaluate(title, (name) => variables[name], { now, calendar: instance.state.calendar });
      titleOf = { variables, title: value.ok && value.value !== null ? String(value.value) : instance.plan.name };
    }
    return titleOf.title;
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
        title: titleFrom(variables, here),
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
      if (next) {
        plan = sharedPlan(result.state.definition.hash, next);
        titleOf = undefined;
      }
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
