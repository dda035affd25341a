/**
 * Who may use a route, and where, as declared by the route. The resulting facilities (`Reach`) accompany the request
 * into each row check (`policy.ts`), so that a role held at one facility opens nothing at another.
 */
import type { Duty } from '../../store/organisation/roles.ts';
import type { HeldRole, Person, Reach } from './policy.ts';

/**
 * Where the role must be held: at the facility of the row, or for the whole group (`*`) for objects without a facility,
 * such as definitions, job types, schedules and calendars.
 */
export type Where = 'facility' | 'group';

/** `public`: without login. `staff`: any authenticated person. Otherwise holders of the duty, or of one of the roles. */
export type RouteRule = 'public' | 'staff' | { duty: Duty; at: Where } | { roles: readonly string[]; at: Where };

export const operators: RouteRule = { duty: 'operate', at: 'facility' };
export const groupOperators: RouteRule = { duty: 'operate', at: 'group' };
export const administrators: RouteRule = { duty: 'administer', at: 'facility' };
export const informants: RouteRule = { duty: 'inform', at: 'facility' };
export const groupInformants: RouteRule = { duty: 'inform', at: 'group' };

export const carers: RouteRule = { duty: 'care', at: 'facility' };
export const suppliers: RouteRule = { duty: 'supply', at: 'facility' };

/** @returns `no-group`: the roles match but are held at single facilities only */
export function mayUse(rule: RouteRule, person: Person | null): 'yes' | 'log-in' | 'no' | 'no-group' {
  if (rule === 'public') return 'yes';
  if (!person) return 'log-in';
  const held = heldFor(rule, person);
  if (held.length === 0) return 'no';
  return reachOf(rule, person)?.length === 0 ? 'no-group' : 'yes';
}

/** Facilities at which a person may use a route; `undefined`: all. */
export function reachOf(rule: RouteRule, person: Person): Reach {
  const facilities = heldFor(rule, person).map(({ facility }) => facility);
  if (facilities.includes('*')) return undefined;
  return typeof rule === 'object' && rule.at === 'group' ? [] : [...new Set(facilities)];
}

/** The person's roles that satisfy a rule. */
function heldFor(rule: RouteRule, { roles }: Person): HeldRole[] {
  if (typeof rule === 'string') return roles;
  return roles.filter((held) =>
    'duty' in rule ? held.duties?.includes(rule.duty) === true : rule.roles.includes(held.role),
  );
}

/** Wording for the OpenAPI description. */
export function ruleInWords(rule: RouteRule): string {
  if (rule === 'public') return 'Without login.';
  if (rule === 'staff') return 'Any logged-in person.';
  const who = 'duty' in rule ? `Roles with the duty "${rule.duty}"` : `Roles: ${rule.roles.join(', ')}`;
  return `${who}${rule.at === 'group' ? ', held for the whole group' : ''}.`;
}
