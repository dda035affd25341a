/**
 * Call activities as child workflows, addressed by id. They outlive the run that started them (continue-as-new would
 * apply the parent close policy), so a result arrives in one of three ways: through the child handle in the same run;
 * by the signal `callResult` after the child was asked to report (`reportTo`), which happens before continue-as-new;
 * or, if the child was terminated from outside, from the worker's watch (worker/termination-watch.ts). The first one
 * counts.
 */
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  CancelledFailure,
  ChildWorkflowFailure,
  getExternalWorkflowHandle,
  log,
  ParentClosePolicy,
  startChild,
  TerminatedFailure,
} from '@temporalio/workflow';
import { instanceId } from '../../engine/model/keys.ts';
import { oversizeOf } from '../../engine/model/payload-size.ts';
import type { Variables } from '../../engine/model/plan.ts';
import type { Command, EngineEvent, IncidentParams, Key } from '../../engine/model/types.ts';
import { workflowTypeOf } from '../processes/names.ts';
import { uncancellable } from './cancellation-scopes.ts';
import {
  type CallEscalated,
  type CallResult,
  type Ended,
  type Outcome,
  ownVariables,
  type ReportTo,
  type StartInput,
  signalNames,
  startPresentation,
} from './instance-messages.ts';
import { isRecord } from './payload-guards.ts';

export type CallCommand = Extract<Command, { do: 'call' }>;

/** An open call; carried over to the next run. */
export interface OpenCall {
  /** Workflow id of the called instance. */
  child: string;
  /** First run of the called instance; absent until it has started. */
  firstRun?: string;
  /** It reports to this workflow id, in any run. */
  reports: boolean;
}

/** `params`: of a failure of the runtime itself. */
type CallEnd = CallResult['end'] & { params?: IncidentParams };

export interface Calls {
  call(command: CallCommand): void;
  drop(key: Key): void;
  result(result: CallResult): void;
  /** Escalation from a called instance. */
  escalated(escalation: CallEscalated): void;
  /** Escalates to the callers of this instance. */
  escalate(callers: string[], escalation: Omit<CallEscalated, 'child'>): void;
  open(): Record<Key, OpenCall>;
  /** All open calls report to the workflow id and will be received by a later run. */
  independent(): boolean;
  /** Asks the called instances to report by workflow id; one that has just ended answers through its handle. */
  makeIndependent(): void;
  /** At least one still has to be asked. */
  canAsk(): boolean;
}

export interface CallsHost {
  self: string;
  startInput(command: CallCommand): StartInput;
  /** @returns the number of descendants of its root that stops the call, if any */
  admit(): Promise<number | undefined>;
  /** Name of an element, for people. */
  nameOf(element: string): string;
  feed(event: EngineEvent): void;
  /** Keeps the run open until it is done. */
  outgoing<T>(work: Promise<T>): Promise<T>;
}

export function createCalls(host: CallsHost, carried: Record<Key, OpenCall> = {}): Calls {
  const open = new Map<Key, OpenCall & { asked?: boolean }>(Object.entries(carried));
  let telling: Promise<void> = Promise.resolve();

  function end(key: Key, call: OpenCall, how: CallEnd): void {
    if (open.get(key) !== call) return;
    open.delete(key);
    if (how.ok) host.feed({ type: 'call-completed', key, variables: how.variables });
    else {
      const { ok: _, variables, ...failed } = how;
      host.feed({ type: 'call-failed', key, ...failed, ...(variables && { brought: ownOf(variables) }) });
    }
  }

  async function askToReport(key: Key, call: OpenCall & { asked?: boolean }): Promise<boolean> {
    call.asked = true;
    const report: ReportTo = { parent: host.self, key };
    try {
      await uncancellable(() => getExternalWorkflowHandle(call.child).signal(signalNames.reportTo, report));
      call.reports = true;
    } catch {
      // It has ended: its result arrives through the handle, or has arrived already.
    }
    return call.reports;
  }

  async function start(command: CallCommand, call: OpenCall): Promise<void> {
    const { key, businessKey } = command;
    const limit = await host.admit();
    if (open.get(key) !== call) return;
    if (limit !== undefined) {
      const params = { reason: 'descendants', limit } as const;
      return end(key, call, { ok: false, code: 'too-many-descendants', message: '', params });
    }
    const input = host.startInput(command);
    try {
      const size = oversizeOf(input);
      if (size)
        throw new Error(
          `The data passed to the called process has ${size.megabytes} MB; Temporal accepts ${size.limit} MB. Map only the variables it needs.`,
        );
      const handle = await uncancellable(() =>
        startChild(workflowTypeOf(command.process), {
          workflowId: call.child,
          args: [input],
          parentClosePolicy: ParentClosePolicy.ABANDON,
          ...startPresentation({ ...input, name: host.nameOf(command.element) }),
        }),
      );
      call.firstRun = handle.firstExecutionRunId;
      if (open.get(key) !== call) return await cancelChild(call.child);
      handle.result().then(
        (outcome) => end(key, call, endOf(outcome)),
        (error) => end(key, call, failureOf(error, call.child)),
      );
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) {
        const message = error instanceof Error ? error.message : String(error);
        end(key, call, { ok: false, code: 'call-failed', message });
      } else if (!(await askToReport(key, call))) {
        const message = `${command.process} ${businessKey} has run before and cannot be called again.`;
        end(key, call, { ok: false, code: 'call-failed', message });
      }
    }
  }

  const cancelChild = (child: string) =>
    host.outgoing(
      uncancellable(() => getExternalWorkflowHandle(child).cancel()).catch(() => {
        // It has ended by itself.
      }),
    );

  return {
    call(command) {
      const call: OpenCall = { child: instanceId(command.process, command.businessKey), reports: false };
      open.set(command.key, call);
      void host.outgoing(start(command, call));
    },
    drop(key) {
      const call = open.get(key);
      open.delete(key);
      // A child that is still starting is cancelled once started.
      if (call && (call.firstRun !== undefined || call.reports)) void cancelChild(call.child);
    },
    result({ key, child, firstRun, end: how }) {
      for (const [openKey, call] of [...open]) {
        if (call.child !== child || (key !== undefined && key !== openKey)) continue;
        if (firstRun === undefined || call.firstRun === undefined || firstRun === call.firstRun)
          end(openKey, call, how);
      }
    },
    escalated({ child, code, variables }) {
      for (const [key, call] of [...open])
        if (call.child === child) host.feed({ type: 'call-escalated', key, code, variables: ownOf(variables) });
    },
    escalate(callers, escalation) {
      if (callers.length === 0) return;
      const payload: CallEscalated = { child: host.self, ...escalation };
      for (const caller of callers) {
        // Sequentially, as the server may deliver two concurrent signals in any order.
        telling = telling.then(() =>
          uncancellable(() => getExternalWorkflowHandle(caller).signal(signalNames.callEscalated, payload)).catch(
            () => {
              // The caller has ended; there is no one to notify.
            },
          ),
        );
      }
      void host.outgoing(telling);
    },
    open: () =>
      Object.fromEntries(
        [...open].map(([key, { child, firstRun, reports }]) => [
          key,
          { child, reports, ...(firstRun !== undefined && { firstRun }) },
        ]),
      ),
    independent: () => [...open.values()].every((call) => call.reports),
    canAsk: () => [...open.values()].some((call) => !call.reports && !call.asked),
    makeIndependent() {
      for (const [key, call] of open) if (!call.reports && !call.asked) void host.outgoing(askToReport(key, call));
    },
  };
}

/** By workflow id, regardless of which run started it. */
export async function reportToCallers(self: string, reports: ReportTo[], ended: Ended): Promise<void> {
  const { variables, error, tooLarge } = ended;
  const end: CallResult['end'] = tooLarge
    ? { ok: false, code: 'call-failed', message: tooLarge }
    : error
      ? { ok: false, code: 'unhandled-error', message: error.message, errorCode: error.code, variables }
      : endOf(ended);
  for (let report = reports.pop(); report; report = reports.pop()) {
    const { parent, key } = report;
    const result: CallResult = { key, child: self, end };
    await uncancellable(() => getExternalWorkflowHandle(parent).signal(signalNames.callResult, result)).catch(() =>
      log.info('The caller has ended', { parent }),
    );
  }
}

/** The end of an instance as seen by its caller. A terminate end event is a normal end for the caller. */
function endOf(outcome: unknown): CallResult['end'] {
  if (!isRecord(outcome) || !isRecord(outcome['variables']))
    return {
      ok: false,
      code: 'call-failed',
      message: 'The result of the called process was not sealed with the acting key.',
    };
  const { status, variables } = outcome as unknown as Outcome;
  if (status === 'cancelled')
    return { ok: false, code: 'call-cancelled', message: 'The called process was cancelled.' };
  return { ok: true, variables: ownOf(variables) };
}

const ownOf = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !isGivenByRuntime(name)));

const isGivenByRuntime = (name: string): boolean => (ownVariables as readonly string[]).includes(name);

function failureOf(error: unknown, child: string): CallResult['end'] {
  const cause = error instanceof ChildWorkflowFailure ? error.cause : error;
  if (cause instanceof ApplicationFailure && cause.type === 'BpmnError') {
    const [errorCode, variables] = cause.details ?? [];
    return {
      ok: false,
      code: 'unhandled-error',
      message: cause.message,
      errorCode: typeof errorCode === 'string' ? errorCode : '',
      ...(isRecord(variables) && { variables: variables as Variables }),
    };
  }
  if (cause instanceof CancelledFailure)
    return { ok: false, code: 'call-cancelled', message: `${child} was cancelled.` };
  if (cause instanceof TerminatedFailure)
    return { ok: false, code: 'call-terminated', message: `${child} was terminated from outside.` };
  return { ok: false, code: 'call-failed', message: cause instanceof Error ? cause.message : String(cause) };
}
