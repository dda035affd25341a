/** A role held at a facility, with optional dates. */
export interface RoleAt {
  role: string;
  /** Facility code, or `*` for a role of the whole group. */
  facility: string;
  /** ISO 8601, inclusive; absent: no start. */
  from?: string;
  /** ISO 8601, exclusive; absent: no end. */
  until?: string;
}

const holds = ({ from, until }: RoleAt, at: string): boolean =>
  (from === undefined || from <= at) && (until === undefined || at < until);

/** Roles valid at this instant (ISO 8601 UTC). */
export const rolesHeldAt = <Held extends RoleAt>(roles: readonly Held[], at: string): Held[] =>
  roles.filter((one) => holds(one, at));

/**
 * The same as a query on a document with `roles`.
 * @param roles one of these; any when undefined
 */
export function holding(roles: readonly string[] | undefined, facilities: readonly string[], at: string) {
  const during = { from: { $not: { $gt: at } }, until: { $not: { $lte: at } } };
  return {
    roles: { $elemMatch: { ...(roles && { role: { $in: roles } }), facility: { $in: facilities }, ...during } },
  };
}
