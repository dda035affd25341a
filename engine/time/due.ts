/** The one edge of all due dates: at its instant a date is past, as a timer fires at its instant. Both ISO 8601 UTC. */
export const isReached = (dueAt: string, now: string): boolean => dueAt <= now;
