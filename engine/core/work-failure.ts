/** Failure of a job or called process: a BPMN error goes to the catching event; anything else is an incident. */
import { raise, type Thrown } from '../events/throw.ts';
import type { IncidentCode, IncidentParams } from '../model/incidents.ts';
import type { EngineEvent, WaitOf } from '../model/types.ts';
import { fail } from './failure.ts';
import { putWait } from './run.ts';
import type { Run } from './run-types.ts';
import { incidentOf, journalIncident } from './token.ts';

type Failed = Extract<EngineEvent, { type: 'job-failed' | 'call-failed' }>;

/** Incident code of a job's failure. */
export const jobIncidentOf = (code: string): IncidentCode =>
  code === 'no-worker' || code === 'unknown-job-type' ? code : 'job-failed';

/** Incident code of the failure of a call. */
export const callIncidentOf = (code: string): IncidentCode => (code === 'too-many-descendants' ? code : 'call-failed');

/** Parameters of the incident: those of a runtime failure, otherwise the message as the cause. */
export function failureParams(event: Failed): IncidentParams {
  if (event.params) return event.params;
  if (event.type === 'job-failed') return { reason: 'job', cause: event.message };
  const { code, message } = event;
  return code === 'call-cancelled' || code === 'call-terminated'
    ? { reason: code }
    : { reason: 'call', cause: message };
}

/**
 * @param incident code of the incident when the failure is not a BPMN error
 * @param brought variables for the event that catches the error
 */
export function failWork(
  run: Run,
  wait: WaitOf<'job' | 'call'>,
  incident: IncidentCode,
  event: Failed,
  brought: Pick<Thrown, 'variables' | 'mappable'>,
): void {
  const { message, errorCode } = event;
  if (errorCode !== undefined && raise(run, wait.key, { type: 'error', code: errorCode, message, ...brought })) return;
  const failure =
    errorCode === undefined
      ? fail(incident, failureParams(event))
      : fail('unhandled-error', { reason: 'error-uncaught', errorCode, cause: message });
  putWait(run, { ...wait, incident: incidentOf(run, failure) });
  journalIncident(run, wait.element, wait.key, failure);
}
