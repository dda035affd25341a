/** Which acts affect payments, and so need a second person (docs/operations.md#second-person). */
import { jobCatalogue } from '../../../activities/jobs/catalogue.ts';
import { calledProcesses, moneyElements, moneyProcesses } from '../../../engine/analysis/money.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { listJobTypes } from '../../../store/definitions/job-types.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import type { MoneyTouch } from '../../http/second-person.ts';

async function moneyTypes(): Promise<Set<string>> {
  const builtIn = Object.entries(jobCatalogue).filter(([, job]) => job.movesMoney);
  const registered = (await listJobTypes()).filter((row) => row.movesMoney);
  return new Set([...builtIn.map(([type]) => type), ...registered.map((row) => row._id)]);
}

/** Finds the elements of plans that move money, as `<process>/<element>`. */
export async function moneyFinder(): Promise<(plans: readonly Plan[]) => Promise<string[]>> {
  const types = await moneyTypes();
  return async (plans) => {
    const processes = moneyProcesses(await withCalled(plans), types);
    const found = plans.flatMap((plan) =>
      moneyElements(plan, { types, processes }).map((element) => `${plan.key}/${element}`),
    );
    return [...new Set(found)];
  };
}

/** Including the newest versions of all processes they call, directly or not. */
async function withCalled(plans: readonly Plan[]): Promise<Plan[]> {
  const all = [...plans];
  const keys = new Set(plans.map(({ key }) => key));
  for (const plan of all)
    for (const key of calledProcesses(plan)) {
      if (keys.has(key)) continue;
      keys.add(key);
      const called = await findPlan<Plan>(key);
      if (called) all.push(called.plan);
    }
  return all;
}

/** Elements that move money in these plans. */
export const moneyIn = async (plans: readonly Plan[]): Promise<string[]> => (await moneyFinder())(plans);

/** For acts on instances of these versions, which may lead to, or past, elements that move money. */
export async function allTouch(
  versions: readonly { process: string; version: number }[],
  facility: string | null,
): Promise<MoneyTouch | undefined> {
  const found = await Promise.all(versions.map(({ process, version }) => findPlan<Plan>(process, version)));
  return touching(await moneyIn(found.flatMap((one) => (one ? [one.plan] : []))), facility);
}

/** The same for versions of one process. */
export const versionsTouch = (
  process: string,
  versions: readonly number[],
  facility: string | null,
): Promise<MoneyTouch | undefined> =>
  allTouch(
    versions.map((version) => ({ process, version })),
    facility,
  );

/** For an act on one instance. */
export const instanceTouches = ({ definition, facility }: InstanceRow): Promise<MoneyTouch | undefined> =>
  versionsTouch(definition.key, [definition.version], facility);

/**
 * For the registration of a job type that moves money, before or after it.
 * @param marked the flag of the registration
 */
export async function jobTypeTouches(type: string, marked: boolean): Promise<MoneyTouch | undefined> {
  const before = (await listJobTypes()).find((row) => row._id === type);
  return marked || before?.movesMoney ? { elements: [`job type ${type}`], facility: null } : undefined;
}

export const touching = (elements: string[], facility: string | null): MoneyTouch | undefined =>
  elements.length > 0 ? { elements, facility } : undefined;
