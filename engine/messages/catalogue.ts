/**
 * What a language must have words for. `zh` and `en` implement it, so that the compiler checks that both have every code and take the same
 * parameters. State, rows and refusals carry codes and parameters; words are added where people read them.
 */

import type { IncidentCode, IncidentParams } from '../model/incidents.ts';

export type RefusalCode =
  | 'already-claimed'
  | 'already-paused'
  | 'answer-too-large'
  | 'bad-time-to-live'
  | 'cannot-skip'
  | 'clock-is-real'
  | 'decisions-needed'
  | 'denied-by-listener'
  | 'flow-needed'
  | 'flow-wrong'
  | 'form-invalid'
  | 'identity-fixed'
  | 'inner-instance'
  | 'internal-error'
  | 'join-count'
  | 'malformed'
  | 'mapping-unknown'
  | 'money-element'
  | 'named-twice'
  | 'no-candidates'
  | 'message-not-expected'
  | 'not-a-token'
  | 'not-active'
  | 'not-declared'
  | 'not-evaluated'
  | 'not-paused'
  | 'not-startable'
  | 'not-the-assignee'
  | 'nothing-after'
  | 'nothing-there'
  | 'nothing-to-do'
  | 'nothing-to-retry'
  | 'nothing-to-skip'
  | 'other-instance'
  | 'other-person'
  | 'other-process'
  | 'own-application'
  | 'reason-missing'
  | 'role-not-held'
  | 'scope-ambiguous'
  | 'scope-cancelled'
  | 'scope-not-active'
  | 'scope-not-creatable'
  | 'scope-wrong'
  | 'seal-expired'
  | 'seal-repeated'
  | 'system-only'
  | 'task-busy'
  | 'task-gone'
  | 'unknown-element'
  | 'unknown-key'
  | 'unknown-schedule'
  | 'unknown-start-event'
  | 'unknown-version'
  | 'unsealed'
  | 'variables-rejected'
  | 'whole-instance';

/** What a migration does with one wait, or why it needs a decision. */
export type MigrationLineCode =
  | 'stays'
  | 'moves'
  | 'created'
  | 'mapped'
  | 'inside-dropped'
  | 'guard-gone'
  | 'element-gone'
  | 'kind-changed'
  | 'scope-changed'
  | 'loop-changed'
  | 'events-changed'
  | 'flow-gone'
  | 'host-changed'
  | 'handler-gone'
  | 'last-token'
  | 'evaluation-failed';

export type ModificationLineCode = 'cancelled' | 'created' | 'stopped';

export interface Catalogue {
  /** Title: the incident in a few words. Hint: what can be done. */
  incidents: Record<IncidentCode, { title: string; hint: string }>;
  /** What happened, as a sentence that does not repeat the element's name. */
  incident(params: IncidentParams): string;
  refusals: Record<RefusalCode, { message: string; hint: string }>;
  /** `name`: the element; `more`: the other element, flow or reason. */
  migrationLines: Record<MigrationLineCode, (name: string, more: string) => string>;
  modificationLines: Record<ModificationLineCode, (name: string) => string>;
}
