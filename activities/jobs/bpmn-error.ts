/** A job's business error, for an error event of the drawing to catch; uncaught it becomes an incident with this code. */
import { ApplicationFailure } from '@temporalio/common';
import type { Variables } from '../../engine/model/plan.ts';

export function bpmnError(code: string, message: string, variables: Variables = {}): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'BpmnError', code, variables);
}

/** The drawing gives a job something of the wrong kind: an incident at once, no retry helps. */
export function badInput(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'BadInput');
}
