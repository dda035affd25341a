/** English names of a process (under its key) and its elements, from the newest version, as lists span many versions. */
import type { Plan } from '../../../engine/model/plan.ts';
import { rememberFor } from '../../../store/db/remember.ts';
import { findPlan } from '../../../store/definitions/plans.ts';

export const englishNamesOf = rememberFor(10_000, async (process: string): Promise<Record<string, string>> => {
  return (await findPlan<Plan>(process))?.plan.englishNames ?? {};
});

/** With the English name of its element, where there is one. */
export function withElementEnglishName<At extends { element: string }>(
  at: At,
  names: Readonly<Record<string, string>>,
): At & { elementEnglishName?: string } {
  const elementEnglishName = names[at.element];
  return elementEnglishName === undefined ? at : { ...at, elementEnglishName };
}
