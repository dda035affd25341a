/** A message that is waited for, and that nothing in the deployed definitions sends: it has to come from outside. */
import { child, eventDefinitionsOf, isA, type ModdleElement } from '../../compile/element.ts';
import { messageOf, sentIn } from '../messages.ts';
import { called, type LintRule, type Scene } from '../rule.ts';

const feel = (name: string): boolean => name.startsWith('=');

function waitedFor(node: ModdleElement): string[] {
  if (isA(node, 'bpmn:ReceiveTask')) return [messageOf(node) ?? []].flat();
  return eventDefinitionsOf(node)
    .filter((definition) => definition.$type === 'bpmn:MessageEventDefinition')
    .flatMap((definition) => messageOf(definition) ?? []);
}

/** An incoming message flow already shows an external sender. */
function drawnFromOutside(node: ModdleElement, { diagram }: Scene): boolean {
  return diagram.all('bpmn:MessageFlow').some((flow) => child(flow, 'targetRef') === node);
}

export const messageNeverSent: LintRule = {
  code: 'message-never-sent',
  severity: 'info',
  hint: 'Make sure that a system or a person sends it through the API, or draw who does.',
  of: 'bpmn:FlowNode',
  find(node, scene) {
    if (!isA(node, 'bpmn:CatchEvent') && !isA(node, 'bpmn:ReceiveTask')) return [];
    const names = waitedFor(node).filter((name) => !feel(name));
    if (names.length === 0 || drawnFromOutside(node, scene)) return [];
    const sent = [...sentIn(scene.diagram.all('bpmn:FlowNode')), ...(scene.options.sentMessages ?? [])];
    if (sent.some(feel)) return [];
    return names
      .filter((name) => !sent.includes(name))
      .map((name) => ({
        message: `${called(node)} waits for the message "${name}", which no deployed definition sends.`,
      }));
  },
};
