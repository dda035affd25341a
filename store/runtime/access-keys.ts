/**
 * By whom a row is found in lists, as texts in one field: `f:` a facility, `g:` a role there, `a:`, `c:`, `d:`, `n:`, `p:` a person; `*` stands for
 * all facilities. However many ways somebody has to find rows, one query of one index answers them all.
 */

const everywhere = '*';

export const facilityKey = (facility = everywhere): string => `f:${facility}`;
/** Facility codes hold no colon, so the first one ends them. */
export const groupKey = (group: string, facility = everywhere): string => `g:${facility}:${group}`;
export const assigneeKey = (staff: string): string => `a:${staff}`;
export const candidateKey = (staff: string): string => `c:${staff}`;
export const closerKey = (staff: string): string => `d:${staff}`;
/** Named, and no role with them. */
export const soleKey = (staff: string): string => `n:${staff}`;
export const participantKey = (staff: string): string => `p:${staff}`;

/** Of a row at a facility: for those who see all of it, for roles held there, and for both held for the whole group. */
export function placeKeys(facility: string, groups: readonly string[]): string[] {
  const places = [facility, everywhere];
  return places.flatMap((place) => [facilityKey(place), ...groups.map((group) => groupKey(group, place))]);
}
