/** Gateways (BPMN 2.0.2, 10.6). */
import type { ElementId, PlanElement } from '../model/plan.ts';
import { compact, flowNode } from './base.ts';
import type { Compilation } from './context.ts';
import { body, child, flag, type ModdleElement, text } from './element.ts';
import { feelExpression } from './expressions.ts';
import { extensionsOf } from './extensions.ts';

type Compile = (element: ModdleElement, parent: ElementId, c: Compilation) => PlanElement;

export const gateway =
  (kind: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway'): Compile =>
  (element, parent, c) =>
    compact({ kind, ...flowNode(element, parent, extensionsOf(element, [], c.report)) });

export const complexGateway: Compile = (element, parent, c) =>
  compact({
    kind: 'complexGateway',
    ...flowNode(element, parent, extensionsOf(element, [], c.report)),
    activationCondition: feelExpression(
      body(child(element, 'activationCondition')),
      element,
      'Activation condition',
      c.report,
    ),
  });

export const eventBasedGateway: Compile = (element, parent, c) => ({
  kind: 'eventBasedGateway',
  ...compact(flowNode(element, parent, extensionsOf(element, [], c.report))),
  instantiate: flag(element, 'instantiate'),
  parallel: text(element, 'eventGatewayType') === 'Parallel',
});
