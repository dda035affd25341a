/** Incidents as data: a code and the parameters of its message. The words are in engine/messages, one catalogue per language. */

import type { JsonExcess } from './json-limits.ts';
import type { FlowId, Json, ListenerEvent } from './plan.ts';

export type IncidentCode =
  | 'missing-variable'
  | 'expression-failed'
  | 'expression-too-costly'
  | 'no-flow'
  | 'bad-timer'
  | 'job-failed'
  | 'no-worker'
  | 'unknown-job-type'
  | 'decision-failed'
  | 'call-failed'
  | 'call-too-deep'
  | 'business-key-too-long'
  | 'unhandled-error'
  | 'too-many-instances'
  | 'too-many-descendants'
  | 'endless-loop'
  | 'join-unreachable'
  | 'unsupported'
  | 'unknown-assignee'
  | 'no-eligible-user'
  | 'assigned-to-nobody'
  | 'thrown-too-large'
  | 'record-failed'
  | 'state-too-large'
  | 'rows-refused'
  | 'internal-error'
  | 'step-too-long'
  | 'variables-rejected';

/** The role of an expression in a definition. */
export type ExpressionPart =
  | 'activation-condition'
  | 'active-elements'
  | 'assignee'
  | 'business-key'
  | 'called-process'
  | 'candidate-groups'
  | 'candidate-users'
  | 'completion-condition'
  | 'condition'
  | 'correlation-key'
  | 'data-assignment'
  | 'data-transformation'
  | 'decision'
  | 'due-date'
  | 'error-code'
  | 'escalation-code'
  | 'event-condition'
  | 'excluded-users'
  | 'flow-condition'
  | 'follow-up-date'
  | 'input-collection'
  | 'input-mapping'
  | 'job-type'
  | 'listener-type'
  | 'loop-cardinality'
  | 'loop-condition'
  | 'loop-maximum'
  | 'message-name'
  | 'output-element'
  | 'output-mapping'
  | 'priority'
  | 'retries'
  | 'script'
  | 'signal-name'
  | 'timer';

/** What an expression had to be. */
export type ExpectedType =
  | 'boolean'
  | 'text'
  | 'list'
  | 'list-of-text'
  | 'number'
  | 'priority'
  | 'whole-number'
  | 'staff-id';

/**
 * Parameters of an incident's message; `reason` says which message it is. `cause` is a technical text in English, or what a job's author
 * wrote. No personal data: values of variables are not among the parameters unless they are numbers or dates.
 */
export type IncidentParams =
  | { reason: 'evaluation'; part: ExpressionPart; name?: string; expression: string; cause: string }
  | { reason: 'variable-missing'; part: ExpressionPart; name?: string; expression: string; cause: string }
  | { reason: 'wrong-type'; part: ExpressionPart; name?: string; expected: ExpectedType; value?: Json }
  | { reason: 'cardinality-missing' }
  | { reason: 'activity-outside'; value: Json }
  | { reason: 'no-condition-holds' }
  | { reason: 'visit-limit'; visits: number }
  | { reason: 'timer-chain'; timers: number }
  | { reason: 'element-kind'; kind: string }
  | { reason: 'decision-missing' }
  | { reason: 'message-missing' }
  | { reason: 'loop-missing' }
  | { reason: 'event-not-thrown'; event: string }
  | { reason: 'event-not-caught'; event: string }
  | { reason: 'link-target-missing'; name: string }
  | { reason: 'outside-transaction' }
  | { reason: 'decision-unknown'; decision: string; tag?: string }
  | { reason: 'decision-variables'; decision: string; element?: string; missing: string[] }
  | { reason: 'decision-evaluation'; decision: string; element?: string; code: string; cause: string }
  | { reason: 'call-depth'; depth: number; limit: number }
  | { reason: 'business-key-length'; process: string; limit: number }
  | { reason: 'instance-count'; count: number; limit: number }
  | { reason: 'descendants'; limit: number }
  | { reason: 'no-occurrence' }
  | { reason: 'not-a-time'; part: ExpressionPart; expression: string; value: Json }
  | { reason: 'time-invalid'; part: ExpressionPart; expression: string; cause: string }
  | { reason: 'dates-of-calendar'; cause: string }
  | { reason: 'error-uncaught'; errorCode: string; cause?: string }
  | { reason: 'job'; cause: string }
  | { reason: 'job-timeout'; timeout: string }
  | { reason: 'heartbeat-timeout'; timeout: string }
  | { reason: 'queue-timeout'; taskQueue: string; jobType: string; timeout: string }
  | { reason: 'job-type-unregistered'; jobType: string }
  | { reason: 'job-result-type'; jobType: string; got: string }
  | { reason: 'job-result-unsealed'; jobType: string }
  | { reason: 'job-input-size'; megabytes: string; limit: string }
  | { reason: 'job-result-size'; megabytes?: string; limit?: string }
  | { reason: 'record'; what: string; cause: string }
  | { reason: 'thrown-size'; megabytes: string; limit: string }
  | { reason: 'error-code-missing'; cause: string }
  | { reason: 'listener'; listener: ListenerEvent; failure: IncidentParams }
  | { reason: 'listener-correction'; listener: ListenerEvent; correction: string }
  | { reason: 'listener-denial'; listener: ListenerEvent }
  | { reason: 'call'; cause: string }
  | { reason: 'call-cancelled' }
  | { reason: 'call-terminated' }
  | { reason: 'assignee-unknown'; assignee: string }
  | { reason: 'candidates-unknown'; candidates: string[] }
  | { reason: 'assignment-empty' }
  | { reason: 'flows-unreachable'; missing: FlowId[] }
  | { reason: 'state-size'; megabytes: string; limit: string }
  | { reason: 'rows-refused'; rows: string[]; cause: string }
  | { reason: 'internal'; event: string; cause: string }
  | { reason: 'step-budget'; event: string; of: 'tokens' | 'letters'; limit: number }
  | { reason: 'variables-excess'; event: string; excess: JsonExcess };

export interface Incident {
  code: IncidentCode;
  params: IncidentParams;
  at: string;
}
