/** Suggests the element of the new version that replaces one of the old version. */
import type { DrawnElement } from '../../../bpmn/element-names.ts';

/** Old element id to new one; null ends what waits there. */
export type Mapping = Record<string, string | null>;

/** For elements that are gone: one of the same kind and name, or the only one of the kind with a neighbour in common. */
export function proposeMapping(from: DrawnElement[], to: DrawnElement[]): Mapping {
  const stays = new Set(to.map(({ id }) => id));
  const known = new Set(from.map(({ id }) => id));
  const fresh = to.filter(({ id }) => !known.has(id));
  const mapping: Mapping = {};
  for (const gone of from.filter(({ id }) => !stays.has(id))) {
    const alike = fresh.filter((one) => one.type === gone.type);
    const found =
      only(alike.filter(({ name }) => name === gone.name)) ?? only(alike.filter((one) => neighbours(gone, one)));
    if (found) mapping[gone.id] = found.id;
  }
  return mapping;
}

const only = <T>(list: T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

const neighbours = (a: DrawnElement, b: DrawnElement): boolean =>
  a.before.some((id) => b.before.includes(id)) || a.after.some((id) => b.after.includes(id));
