/** The jobs a drawing may name in `zeebe:taskDefinition type`; deployment refuses any other. Each is an activity of that name in camelCase. */
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
