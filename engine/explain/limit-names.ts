/** English names of time limits, which a state knows by their Chinese ones. */
import { eventsOf } from '../events/events-of-element.ts';
import { oncePerPlan } from '../model/once-per-plan.ts';

/** By id; the first of several places counts. */
export const englishLimitNames = oncePerPlan((plan): ReadonlyMap<string, string> => {
  const limits = Object.values(plan.elements)
    .flatMap(eventsOf)
    .flatMap((event) => (event.type === 'timer' && event.limit ? [event.limit] : []));
  return new Map(
    limits.reverse().flatMap(({ id, englishName }) => (englishName === undefined ? [] : [[id, englishName] as const])),
  );
});
