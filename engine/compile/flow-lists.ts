/** The incoming and outgoing flows of a node, derived from the flows themselves: some tools leave out the lists in the nodes. */
import { child, isA, type ModdleElement } from './element.ts';

/** Completes the lists. @returns whether anything was missing */
export function listFlows(elements: readonly ModdleElement[]): boolean {
  let missing = false;
  const list = (node: ModdleElement | undefined, side: 'incoming' | 'outgoing', flow: ModdleElement): void => {
    const listed = node && isA(node, 'bpmn:FlowNode') ? node.get?.(side) : undefined;
    if (!Array.isArray(listed) || listed.includes(flow)) return;
    listed.push(flow);
    missing = true;
  };
  for (const flow of elements) {
    if (!isA(flow, 'bpmn:SequenceFlow')) continue;
    list(child(flow, 'sourceRef'), 'outgoing', flow);
    list(child(flow, 'targetRef'), 'incoming', flow);
  }
  return missing;
}
