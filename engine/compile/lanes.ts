/** Lanes (BPMN 2.0.2, 10.8): the default candidate group of the tasks in them. */
import { child, childrenOf, idOf, isA, type ModdleElement, text } from './element.ts';

/** Innermost lane by the id of each flow node of the process, subprocesses included. */
export function lanesOf(process: ModdleElement): Map<string, ModdleElement> {
  const lanes = new Map<string, ModdleElement>();
  const assign = (node: ModdleElement, lane: ModdleElement): void => {
    lanes.set(idOf(node), lane);
    for (const inside of childrenOf(node, 'flowElements')) if (isA(inside, 'bpmn:FlowNode')) assign(inside, lane);
  };
  const visit = (set: ModdleElement): void => {
    for (const lane of childrenOf(set, 'lanes')) {
      for (const node of childrenOf(lane, 'flowNodeRef')) assign(node, lane);
      // Processed later, so that the inner lane wins.
      const nested = child(lane, 'childLaneSet');
      if (nested) visit(nested);
    }
  };
  for (const set of childrenOf(process, 'laneSets')) visit(set);
  return lanes;
}

/** A chosen lane id is a role id; a generated one (`Lane_0x1`) means nothing, so the name is used. */
export function groupOf(lane: ModdleElement): string {
  const id = idOf(lane);
  return /^lane[_-]/i.test(id) ? (text(lane, 'name') ?? id) : id;
}
