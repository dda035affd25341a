/** Outcome of an update, query or signal, derived from the errors of Temporal's client. */
import { WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../engine/model/types.ts';
import { refusedType } from '../workflows/runtime/instance-messages.ts';

export type Outcome<T> =
  | { kind: 'done'; answer: T }
  /** The process said no; nothing changed. */
  | { kind: 'refused'; refusal: Refusal }
  /** There is no such instance, or it has ended. */
  | { kind: 'gone' };

/** Temporal answers, but no worker did in time: what was asked for may still be done. Safe to repeat under the same id. */
export class NoWorkerError extends Error {
  override name = 'NoWorkerError';
  constructor(cause: unknown) {
    super('No worker answered in time.', { cause });
  }
}

/** An instance has as many updates under way as Temporal takes. Safe to repeat under the same id. */
export class InstanceBusyError extends Error {
  override name = 'InstanceBusyError';
  readonly instance: string;
  constructor(instance: string, cause: unknown) {
    super(`${instance} is busy with other updates.`, { cause });
    this.instance = instance;
  }
}

/** NOT_FOUND: no such workflow, or it is closed and takes no more updates and signals. */
export const isGone = (error: unknown): boolean => error instanceof WorkflowNotFoundError;

/** Why a process refused an update; undefined when the error is of another kind. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof WorkflowUpdateFailedError)) return undefined;
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== refusedType) return undefined;
  return cause.details?.[0] as Refusal | undefined;
}

/**
 * The server is there, but nobody did the work in time: DEADLINE_EXCEEDED (4), a query that no worker polls for, an update that met the
 * end of a run (FAILED_PRECONDITION, 9), or one that a worker returned undone (`UnprocessedUpdate`, as under heavy load).
 */
export function isUnanswered(error: unknown): boolean {
  return someInChain(error, (one, code) => {
    if (one.name === 'WorkflowUpdateRPCTimeoutOrCancelledError' || isUnprocessed(one)) return true;
    return code === 4 || (code === 9 && /poller|worker|workflow task/i.test(one.message));
  });
}

/** A worker returned the update undone (the server's own failure): nothing has happened, and it may be sent again under the same id. */
export function isUnprocessed(error: unknown): boolean {
  const failure = error instanceof Error && error.cause instanceof ApplicationFailure ? error.cause : error;
  return failure instanceof ApplicationFailure && failure.type === 'UnprocessedUpdate';
}

/**
 * Nothing has happened, and the same may be sent again under the same id: an update came back undone, or it met the end of a run or a
 * workflow task that the server did not take (FAILED_PRECONDITION 9, ABORTED 10).
 */
export function maySendAgain(error: unknown): boolean {
  return isUnprocessed(error) || someInChain(error, (_, code) => code === 9 || code === 10);
}

/** RESOURCE_EXHAUSTED (8): the server has as many updates of this instance, or requests of this client, as it takes at a time. */
export const isUpdateLimitReached = (error: unknown): boolean => someInChain(error, (_, code) => code === 8);

/** Whether an error or one of its causes matches; `matches` is also given the gRPC status code, where there is one. */
function someInChain(error: unknown, matches: (one: Error, code: unknown) => boolean): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 4; one = one.cause, depth++)
    if (matches(one, 'code' in one ? one.code : undefined)) return true;
  return false;
}
