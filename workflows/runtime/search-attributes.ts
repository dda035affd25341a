/**
 * The typed search attributes every process has, so that operations people can filter in the Temporal UI (docs/architecture.md#step).
 * Plain data: the server set-up registers them, the runtime writes them. SQL visibility allows 10 keywords and 3 of each other type.
 * Never personal data: search attributes are not encrypted.
 */
export const searchAttributeTypes = {
  ProcessKey: 'Keyword',
  BusinessKey: 'Keyword',
  Facility: 'Keyword',
  Stage: 'Keyword',
  WaitingFor: 'Keyword',
  /** The stable code of the incident; absent when there is none. */
  Incident: 'Keyword',
  DueAt: 'Datetime',
  Overdue: 'Bool',
} as const;
