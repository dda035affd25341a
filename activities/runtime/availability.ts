/** Marks outages for workflows: failures of type `Unavailable` are retried without using up the retries of a job. */
import { ApplicationFailure } from '@temporalio/common';
import { isUnavailable } from '../../store/db/availability.ts';

type AnyActivity = (...args: never[]) => Promise<unknown>;

export function withAvailability<T extends { [K in keyof T]: AnyActivity }>(activities: T): T {
  const guarded = Object.entries<AnyActivity>(activities).map(([name, activity]) => [
    name,
    async (...args: never[]) => {
      try {
        return await activity(...args);
      } catch (error) {
        if (!isUnavailable(error)) throw error;
        // The driver's message names hosts, which have no place in a history.
        throw ApplicationFailure.create({ type: 'Unavailable', message: 'The database does not answer.' });
      }
    },
  ]);
  return Object.fromEntries(guarded) as T;
}
