/** What a batch would be about if it began now: how many instances, of which versions, and whether a second person has to release it. */
import { countByVersionAmong, countInstances, groupInstances } from '../../../store/runtime/instance-totals.ts';
import type { AskedFilter } from '../instances/filter.ts';
import { allTouch } from '../proposals/money.ts';
import { type BatchChange, maxInstances, onIncidents, targetsOf } from './create-batch.ts';

/** Whoever tries again or ends a case steps past nothing that moves money. */
export const bypassesElements = (kind: BatchChange['kind']): boolean => kind !== 'retry' && kind !== 'cancel';

/** Elements of one version. */
const mostElements = 1000;

export async function previewOf(kind: BatchChange['kind'], filter: AskedFilter) {
  const meant = await targetsOf(filter, kind);
  const ofOneVersion = filter.process !== undefined && filter.version !== undefined;
  const [all, versions, elements] = await Promise.all([
    onIncidents(kind) ? countInstances(await targetsOf(filter, 'cancel')) : undefined,
    countByVersionAmong(meant),
    ofOneVersion ? groupInstances(meant, 'element', mostElements) : undefined,
  ]);
  const money = bypassesElements(kind) ? await allTouch(versions, filter.facility ?? null) : undefined;
  const instances = versions.reduce((sum, one) => sum + one.instances, 0);
  return {
    kind,
    found: all?.total ?? instances,
    instances,
    most: maxInstances,
    versions,
    ...(elements && { elements: elements.map(({ value, total }) => ({ element: String(value), instances: total })) }),
    money: money?.elements ?? [],
  };
}
