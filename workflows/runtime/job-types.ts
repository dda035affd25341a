/**
 * The jobs built in, by what a drawing names in `zeebe:taskDefinition type`: each is an activity of our own worker, of that name in
 * camelCase. Other types are registered with the task queue of whoever does them (store/definitions/job-types.ts, docs/job-workers.md).
 */
export const jobTypes = {
  /** Writes a message for people (role or patient) into the outbox. Headers: `to`, `template`, `channel`. */
  'send-message': { local: true },
  /** The case's row for statistics and the copies to gm-office and medical-affairs (domain section 1, step 9). */
  'file-case': { local: true },
  /** Checks a refund against what was paid and reserves the amount (domain section 2). */
  'reserve-refund': { local: true },
  /** Gives a reservation back after a rejection. */
  'release-refund': { local: true },
  /** The payment order at the cashier's system. */
  'order-payment': { local: false },
  /** Looks up who holds a role in a facility: variable `staffId`. */
  'find-staff': { local: true },
} as const satisfies Record<string, { local: boolean }>;

export type JobType = keyof typeof jobTypes;
