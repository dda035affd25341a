/** A role held at a facility. */
export interface RoleAt {
  role: string;
  /** Facility code, or `*` for a role of the whole group. */
  facility: string;
}
