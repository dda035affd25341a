/** Which flows leave and enter a node: files of some tools leave the lists out, and the flows themselves count. */
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
