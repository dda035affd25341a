/** How a refusal leaves a workflow, and how a client (API, worker) reads what came of an update or query; no workflow code. */
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../../engine/model/types.ts';
import { refusedType } from './instance-messages.ts';

/** What a handler or validator throws. */
export function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.message.en, refusedType, refusal);
}

/** The refusal a failed update carries. @param cause of the client's error */
export function refusalIn(cause: unknown): Refusal | undefined {
  if (!(cause instanceof ApplicationFailure) || cause.type !== refusedType) return undefined;
  return cause.details?.[0] as Refusal | undefined;
}

/**
 * The server is there, but nobody did the work in time: DEADLINE_EXCEEDED (4), a query that no worker polls for, an update that met the
 * end of a run (FAILED_PRECONDITION, 9), or one that a worker gave back undone (`UnprocessedUpdate`, as under heavy load).
 */
export function isUnanswered(error: unknown): boolean {
  return isOrCameOf(error, (one, code) => {
    if (one.name === 'WorkflowUpdateRPCTimeoutOrCancelledError' || isUnprocessed(one)) return true;
    return code === 4 || (code === 9 && /poller|worker|workflow task/i.test(one.message));
  });
}

/** Whether it, or what it came of, is such an error. @param is also given the gRPC status code, where it has one */
function isOrCameOf(error: unknown, is: (one: Error, code: unknown) => boolean): boolean {
  for (let one = error, depth = 0; one instanceof Error && depth < 4; one = one.cause, depth++)
    if (is(one, 'code' in one ? one.code : undefined)) return true;
  return false;
}

/** A worker gave the update back undone (the server's own failure): nothing has happened, and it may be sent again under the same id. */
export function isUnprocessed(error: unknown): boolean {
  const failure = error instanceof Error && error.cause instanceof ApplicationFailure ? error.cause : error;
  return failure instanceof ApplicationFailure && failure.type === 'UnprocessedUpdate';
}

/**
 * Nothing has happened, and the same may be sent again under the same id: an update came back undone, or it met the end of a run or a
 * workflow task that the server did not take (FAILED_PRECONDITION 9, ABORTED 10).
 */
export function maySendAgain(error: unknown): boolean {
  return isUnprocessed(error) || isOrCameOf(error, (_, code) => code === 9 || code === 10);
}

/** RESOURCE_EXHAUSTED (8): the server has as many updates of this instance, or requests of this client, as it takes at a time. */
export function isCrowded(error: unknown): boolean {
  return isOrCameOf(error, (_, code) => code === 8);
}
