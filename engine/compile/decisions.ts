/**
 * Pins the decisions that business rule tasks evaluate in the plan of the process: a running instance keeps the decisions it started with.
 */

import { hasTag, takesDecision } from '../dmn/lookup.ts';
import { tagOf } from '../model/binding.ts';
import type { Expression } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import type { ModdleElement } from './element.ts';

/** @param binding in the plan's notation (binding.ts) */
export function pinDecision(id: Expression, binding: string, element: ModdleElement, c: Compilation): void {
  const all = c.options.decisions ?? [];
  const tag = tagOf(binding);
  // A decision named by an expression is known at runtime only; it may be any of the deployment.
  const named = 'literal' in id ? all.filter((plan) => takesDecision(plan, id.literal)) : all;
  const wanted =
    tag === undefined
      ? named
      : named.filter((plan) => ('literal' in id ? takesDecision(plan, id.literal, tag) : hasTag(plan, tag)));
  if (wanted.length === 0 && named.length > 0) {
    c.report.error(
      element,
      'unresolved-binding',
      `It is bound to version "${tag}" of a decision, which is not deployed.`,
      {
        hint: 'Deploy the DMN file whose decision has this version tag with the diagram, or bind to deployment.',
      },
    );
    return;
  }
  if (wanted.length === 0) {
    const name = 'literal' in id ? `“${id.literal}”` : 'it takes';
    c.report.error(element, 'unknown-decision', `The decision ${name} is not among the decisions deployed.`, {
      hint: 'Deploy the DMN file together with the process, and give zeebe:calledDecision the id of one of its decisions.',
    });
    return;
  }
  if ('literal' in id && wanted.length > 1)
    c.report.error(element, 'ambiguous-decision', `The decision “${id.literal}” is in more than one DMN file.`, {
      hint: 'Give each decision its own id, or version tags that the calls are bound to.',
    });
  const pinned = c.plan.decisions ?? [];
  c.plan.decisions = [...pinned, ...wanted.filter((plan) => !pinned.includes(plan))];
}
