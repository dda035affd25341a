/**
 * Access keys of a row, as strings in one field: `f:` a facility, `g:` a role there, `a:`, `c:`, `d:`, `n:`, `p:` a
 * person; `*` stands for all facilities. All ways in which a person may find rows are one query on one index.
 */

const everywhere = '*';

export const facilityKey = (facility = everywhere): string => `f:${facility}`;
/** Facility codes contain no colon, which therefore terminates them. */
export const groupKey = (group: string, facility = everywhere): string => `g:${facility}:${group}`;
export const assigneeKey = (staff: string): string => `a:${staff}`;
export const candidateKey = (staff: string): string => `c:${staff}`;
export const closerKey = (staff: string): string => `d:${staff}`;
/** Named individually, without a role. */
export const soleKey = (staff: string): string => `n:${staff}`;
export const participantKey = (staff: string): string => `p:${staff}`;

/** Keys of a row at a facility: for those who see all of it, for roles held there, and for both held for the whole group. */
export function placeKeys(facility: string, groups: readonly string[]): string[] {
  const places = [facility, everywhere];
  return places.flatMap((place) => [facilityKey(place), ...groups.map((group) => groupKey(group, place))]);
}
