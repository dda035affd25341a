/** Roles named by constants in a diagram: each must exist, otherwise nobody would be offered the task. */
import { constantOf } from '../feel/constant-expressions.ts';
import { nearest } from '../feel/nearest-name.ts';
import type { Expression, LocalizedText, Plan, PlanElement } from '../model/plan.ts';
import type { CompileOptions } from './context.ts';
import type { ModdleElement } from './element.ts';
import type { Report } from './report.ts';

interface Named {
  roles: string[];
  /** What becomes of it when the role does not exist. */
  consequence: string;
  /** Reserved words permitted besides roles. */
  besides?: readonly string[];
}

const split = (list: string): string[] =>
  list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');

/** Of FEEL that reads variables nothing is known. */
function rolesIn(expression: Expression | undefined): string[] {
  if (!expression) return [];
  if ('literal' in expression) return split(expression.literal);
  const found = constantOf(expression.feel);
  const value = found?.ok ? found.value : undefined;
  return (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'string' ? split(one) : []));
}

function namedBy(element: PlanElement, { profile }: Plan): Named[] {
  const events = 'events' in element ? element.events : [];
  const named: Named[] = [
    {
      roles: events.flatMap((event) => (event.type === 'timer' && event.limit ? event.limit.tell : [])),
      consequence: 'nobody would be notified of the breach',
    },
  ];
  if (element.kind === 'userTask')
    named.push({ roles: rolesIn(element.user.candidateGroups), consequence: 'nobody would see the task' });
  if (element.kind === 'process' && profile)
    named.push(
      { roles: profile.candidateStarterGroups, consequence: 'nobody could start the process', besides: ['*'] },
      { roles: profile.leaderGroups, consequence: 'nobody would lead the process' },
    );
  return named;
}

/** @param drawn the element of the file by its id */
export function checkRoles(
  plan: Plan,
  drawn: (id: string) => ModdleElement | undefined,
  options: CompileOptions,
  report: Report,
): void {
  const { roles: known } = options;
  if (!known) return;
  for (const element of Object.values(plan.elements))
    for (const { roles, consequence, besides = [] } of namedBy(element, plan))
      for (const role of roles) {
        if (known.includes(role) || besides.includes(role)) continue;
        const meant = nearest(role, known);
        const advice = meant === undefined ? 'Write the id of a role' : `Write "${meant}", or another role`;
        report.error(drawn(element.id), 'unknown-role', `There is no role "${role}": ${consequence}.`, {
          hint: `${advice}: ${[...known, ...besides].sort().join(', ')}.`,
        });
      }
}

/** Display names of roles that tasks may go to; of expressions, all their string constants. */
export function roleNamesIn(plan: Plan, { roleNames = {} }: CompileOptions): Record<string, LocalizedText> {
  const named = new Set(
    Object.values(plan.elements).flatMap((element) => {
      const groups = element.kind === 'userTask' ? element.user.candidateGroups : undefined;
      if (!groups) return [];
      return 'literal' in groups
        ? split(groups.literal)
        : [...groups.feel.matchAll(/"([^"]*)"/g)].flatMap(([, text = '']) => split(text));
    }),
  );
  return Object.fromEntries(Object.entries(roleNames).filter(([id]) => named.has(id)));
}
