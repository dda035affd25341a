/** What the time functions throw: a stable code, a sentence and what to do. The engine turns it into an incident. */
export type TimeErrorCode =
  | 'invalid-date'
  | 'invalid-instant'
  | 'invalid-duration'
  | 'invalid-cycle'
  | 'invalid-cron'
  | 'invalid-time-scale'
  | 'invalid-number-of-days'
  | 'no-working-day'
  | 'unknown-zone'
  | 'never-due'
  | 'too-often';

export class TimeError extends Error {
  readonly code: TimeErrorCode;
  /** What can be done. */
  readonly hint: string;

  constructor(code: TimeErrorCode, message: string, hint: string) {
    super(message);
    this.name = 'TimeError';
    this.code = code;
    this.hint = hint;
  }
}
