/** What is wrong with the decisions of a plan before anything runs: expressions, types, requirements. */
import type { Problem } from '../model/plan.ts';
import { programOf } from './decide.ts';
import type { DecisionNode, DecisionPlan, NodeKey } from './plan.ts';

export function check(plan: DecisionPlan): Problem[] {
  const problems: Problem[] = programOf(plan).flaws.map(({ code, message, element }) => {
    const elementName = Object.values(plan.nodes).find((node) => node.id === element)?.name;
    return { severity: 'error', code, message, element, ...(elementName && { elementName }) };
  });
  for (const node of Object.values(plan.nodes)) {
    if (node.kind === 'decision' && !node.logic)
      problems.push(problem(node, 'no-logic', 'It does not say how it is decided.', 'warning'));
    if (requiresItself(plan, node))
      problems.push(problem(node, 'requirement-cycle', 'What it requires requires it in turn.', 'error'));
  }
  return problems;
}

const problem = (node: DecisionNode, code: string, message: string, severity: Problem['severity']): Problem => ({
  severity,
  code,
  element: node.id,
  elementName: node.name,
  message,
});

/** Business knowledge models may call themselves; a decision may not wait for itself (DMN 1.5, 6.3.7). */
function requiresItself(plan: DecisionPlan, start: DecisionNode): boolean {
  if (start.kind !== 'decision') return false;
  const seen = new Set<NodeKey>();
  const reaches = (key: NodeKey): boolean => {
    const node = plan.nodes[key];
    if (node?.kind !== 'decision') return false;
    return node.requires.some((required) => {
      if (required.key === start.key) return true;
      if (seen.has(required.key)) return false;
      seen.add(required.key);
      return reaches(required.key);
    });
  };
  return reaches(start.key);
}
