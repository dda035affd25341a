/** Outcome of an update, query or signal, derived from the errors of Temporal's client. */
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../engine/model/types.ts';
import { refusedType } from '../workflows/runtime/instance-messages.ts';

export type Outcome<T> =
  | { kind: 'done'; answer: T }
  /** The process refused; nothing changed. */
  | { kind: 'refused'; refusal: Refusal }
  /** There is no such instance, or it has ended. */
  | { kind: 'gone' };

/** Temporal answers, but no worker did in time: the outcome is unknown. Safe to repeat under the same id. */
export class NoWorkerError extends Error {
  override name = 'NoWorkerError';
  constructor(cause: unknown) {
    super('No worker answered in time.', { cause });
  }
}

/** The instance has the maximum number of pending updates. Safe to repeat under the same id. */
export class InstanceBusyError extends Error {
  override name = 'InstanceBusyError';
  readonly instance: string;
  constructor(instance: string, cause: unknown) {
    super(`${instance} is busy with other updates.`, { cause });
    this.instance = instance;
  }
}

/** NOT_FOUND: no such workflow, or it is closed. */
export const isGone = (error: unknown): boolean => error instanceof WorkflowNotFoundError;

/** The refusal of a process; undefined for other errors. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== refusedType) return undefined;
  return cause.details?.[0] as Refusal | undefined;
}

/**
 * The server is available, but no worker answered in time: DEADLINE_EXCEEDED (4), a query that no worker polls for, an
 * update that met the end of a run (FAILED_PRECONDITION, 9), or one returned unprocessed by a worker
 * (`UnprocessedUpdate`, as under heavy load).
 */
export function isUnanswered(error: unknown): boolean {
  return someInChain(error, (one, code) => {
    if (one.name === 'WorkflowUpdateRPCTimeoutOrCancelledError' || isUnprocessed(one)) return true;
    return code === 4 || (code === 9 && /poller|worker|workflow task/i.test(one.message));
  });
}

/**
 * A worker returned the update unprocessed (the server's own failure): nothing has happened, and it may be sent again
 * under the same id.
 */
export function isUnprocessed(error: unknown): boolean {
  const failure = error instanceof Error && error.cause instanceof ApplicationFailure ? error.cause : error;
  return failure instanceof ApplicationFailure && failure.type === 'UnprocessedUpdate';
}

/**
 * Nothing has happened, and the call may be repeated under the same id: an update was returned unprocessed, or met the
 * end of a run or a workflow task rejected by the server (FAILED_PRECONDITION 9, ABORTED 10).
 */
export function maySendAgain(error: unknown): boolean {
  return isUnprocessed(error) || someInChain(error, (_, code) => code === 9 || code === 10);
}

/** RESOURCE_EXHAUSTED (8): too many pending updates of this instance, or requests of this client. */
export const isUpdateLimitReached = (error: unknown): boolean => someInChain(error, (_, code) => code === 8);

/** Whether an error or one of its causes matches; `matches` also gets the gRPC status code, if there is one. */
function someInChain(error: unknown, matches: (one: Error, code: unknown) => boolean): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 4; one = one.cause, depth++)
    if (matches(one, 'code' in one ? one.code : undefined)) return true;
  return false;
}
