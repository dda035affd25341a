/** Work outside has failed: a BPMN error goes to whoever catches it; anything else is an incident, and so is an error nobody catches. */
import { raise, type Thrown } from '../events/throw.ts';
import type { WaitOf } from '../model/types.ts';
import { fail } from './failure.ts';
import { addJournalEntry, elementOf, putWait } from './run.ts';
import type { Run } from './run-types.ts';
import { incidentOf, nameOf } from './token.ts';

/** Failures of a job with texts of their own; all others are told as the job's. */
const jobIncidents = ['no-worker', 'unknown-job-type'];

export const jobIncidentOf = (code: string): string => (jobIncidents.includes(code) ? code : 'job-failed');

/**
 * @param incident code of the incident that it is when it is no BPMN error
 * @param brought variables for whoever catches the error
 */
export function failWork(
  run: Run,
  wait: WaitOf<'job' | 'call'>,
  incident: string,
  { code, message, errorCode }: { code: string; message: string; errorCode?: string },
  brought: Pick<Thrown, 'variables' | 'mappable'>,
): void {
  if (errorCode !== undefined && raise(run, wait.key, { type: 'error', code: errorCode, message, ...brought })) return;
  const name = nameOf(elementOf(run, wait.element));
  const failure =
    errorCode === undefined
      ? fail(incident, `“${name}”失败：${message}`, { code, reason: message })
      : fail('unhandled-error', `“${name}”报告的业务错误“${errorCode}”无人处理：${message}`, { code, errorCode });
  putWait(run, { ...wait, incident: incidentOf(run, failure) });
  addJournalEntry(run, 'incident-raised', wait.element, wait.key, { code: failure.code, message: failure.message });
}
