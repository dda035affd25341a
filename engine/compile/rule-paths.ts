/** An instance gets only the rules that `careloop:rules` names; each rule that an expression reads must be among them. */
import { pathsOf } from '../feel/paths.ts';
import type { Plan } from '../model/plan.ts';
import { isA, type ModdleElement } from './element.ts';
import type { Report } from './report.ts';

/** Every FEEL source within a part of a plan. */
function sourcesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(sourcesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    (key === 'feel' || key === 'hiddenWhen') && typeof inner === 'string' ? [inner] : sourcesIn(inner),
  );
}

/** @param drawn the element of the file by its id */
export function checkRulePaths(plan: Plan, drawn: (id: string) => ModdleElement | undefined, report: Report): void {
  const process = drawn(plan.key);
  // A global task is called with the variables it needs.
  if (!process || !isA(process, 'bpmn:Process')) return;
  const declared = plan.profile?.rules ?? [];
  const covers = (path: string): boolean =>
    declared.some((one) => path === '' || path === one || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));
  const read = new Set<string>();
  const check = (id: string, part: unknown): void => {
    const paths = new Set(sourcesIn(part).flatMap((source) => pathsOf(source, 'rules')));
    for (const path of paths) {
      read.add(path);
      if (declared.length > 0 && covers(path)) continue;
      const named = path === '' ? 'rules' : `rules.${path}`;
      report.error(drawn(id), 'rule-not-declared', `It reads ${named}, which the process does not say it gets.`, {
        hint: `Write <careloop:rules paths="${[...declared, path || '…'].join(', ')}" /> among the extension elements of the process.`,
      });
    }
  };
  for (const element of Object.values(plan.elements)) {
    // Timer start events are evaluated before there is an instance, with all rules of the facility.
    const begins = element.kind === 'startEvent' && element.parent === plan.key;
    check(element.id, begins ? { ...element, events: [] } : element);
  }
  for (const flow of Object.values(plan.flows)) check(flow.id, flow);
  check(plan.key, [plan.title, plan.profile, plan.forms]);
  // What decisions read is not looked at here.
  if (plan.decisions) return;
  for (const path of declared) {
    const isRead = [...read].some(
      (one) => one === '' || one === path || one.startsWith(`${path}.`) || path.startsWith(`${one}.`),
    );
    if (!isRead)
      report.warning(process, 'unused-rule', `It gets the rules "${path}", but no expression reads them.`, {
        hint: 'Remove the path from careloop:rules.',
      });
  }
}
