/** Checks a diagram against the constraints of the standard. */
import { isA, type ModdleElement, text } from './element.ts';
import type { Parsed } from './parse.ts';
import type { Report } from './report.ts';
import { activityRules } from './rules/activities.ts';
import { collaborationRules } from './rules/collaboration.ts';
import { conversationRules } from './rules/conversations.ts';
import { dataRules } from './rules/data.ts';
import { dataScopeRules } from './rules/data-scope.ts';
import { definitionRules } from './rules/definitions.ts';
import { eventContentRules } from './rules/event-contents.ts';
import { eventFlowRules } from './rules/event-flows.ts';
import { eventRules } from './rules/events.ts';
import { expressionRules } from './rules/expressions.ts';
import { flowRules } from './rules/flows.ts';
import { formatRules } from './rules/formats.ts';
import { gatewayRules } from './rules/gateways.ts';
import { linkRules } from './rules/links.ts';
import { loopRules } from './rules/loops.ts';
import { messageFlowRules } from './rules/message-flows.ts';
import { repeatedChildren } from './rules/once.ts';
import { wrongReferences } from './rules/references.ts';
import { requiredRules } from './rules/required.ts';
import { diagramOf, everything, processOf, type Rule } from './rules/rule.ts';
import { taskDataRules } from './rules/task-data.ts';
import { undoingRules } from './rules/undoing.ts';

export const rules: readonly Rule[] = [
  ...flowRules,
  ...messageFlowRules,
  ...eventRules,
  ...eventFlowRules,
  ...eventContentRules,
  ...undoingRules,
  ...linkRules,
  ...gatewayRules,
  ...activityRules,
  ...loopRules,
  ...dataRules,
  ...dataScopeRules,
  ...taskDataRules,
  ...formatRules,
  ...expressionRules,
  ...collaborationRules,
  ...conversationRules,
  ...definitionRules,
  ...requiredRules,
];

/** Two loop markers: one constraint for activities, two for ad-hoc subprocesses. */
const loopConstraints = (element: ModdleElement | undefined): string[] =>
  element && isA(element, 'bpmn:AdHocSubProcess') ? ['EXT054', 'EXT055'] : ['EXT041'];

export function checkStructure({ definitions, xml, unresolved }: Parsed, report: Report): void {
  const elements = everything(definitions);
  const diagram = diagramOf(definitions, elements, unresolved);
  for (const element of elements) {
    // Problems of a non-executable process are reported, but do not prevent the deployment.
    const process = processOf(element);
    const picture = process !== undefined && process.get?.('isExecutable') !== true;
    for (const rule of rules) {
      if (!isA(element, rule.of)) continue;
      const message = rule.broken(element, diagram);
      if (message === undefined) continue;
      const say = picture || rule.severity === 'warning' ? report.warning : report.error;
      const { hint, constraint } = rule;
      say(element, rule.code, `${message} (BPMN 2.0.2, ${rule.section})`, { hint, ...(constraint && { constraint }) });
    }
    for (const message of wrongReferences(element))
      report.error(element, 'wrong-reference', message, {
        hint: 'Refer to an element of the right kind.',
        constraint: 'REF',
      });
  }
  for (const { element: id, what } of repeatedChildren(xml)) {
    const element = elements.find((candidate) => id !== undefined && text(candidate, 'id') === id);
    const constraints = what === 'loop marker' ? loopConstraints(element) : [undefined];
    for (const constraint of constraints)
      report.error(element, 'child-twice', `It has more than one ${what}.`, {
        hint: 'Keep one of them.',
        ...(constraint && { constraint }),
      });
  }
}
