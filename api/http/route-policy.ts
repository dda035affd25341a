/** Who may use a route: said at each route. What is seen and done behind it is decided in `policy.ts`. */
import type { Duty } from '../../store/organisation/roles.ts';
import type { Person } from './policy.ts';

/** `public`: without login. `staff`: whoever is logged in. Otherwise who has the duty, or one of the roles, anywhere. */
export type RouteRule = 'public' | 'staff' | { duty: Duty } | { roles: readonly string[] };

export const operators: RouteRule = { duty: 'operate' };
export const administrators: RouteRule = { duty: 'administer' };
export const informants: RouteRule = { duty: 'inform' };

export function mayUse(rule: RouteRule, person: Person | null): 'yes' | 'log-in' | 'no' {
  if (rule === 'public') return 'yes';
  if (!person) return 'log-in';
  if (rule === 'staff') return person.roles.length > 0 ? 'yes' : 'no';
  const allowed = person.roles.some((held) =>
    'duty' in rule ? held.duties?.includes(rule.duty) : rule.roles.includes(held.role),
  );
  return allowed ? 'yes' : 'no';
}

/** For the description of the API. */
export function ruleInWords(rule: RouteRule): string {
  if (rule === 'public') return 'Without login.';
  if (rule === 'staff') return 'Whoever is logged in.';
  return 'duty' in rule ? `Roles with the duty "${rule.duty}".` : `Roles: ${rule.roles.join(', ')}.`;
}
