/** Generates a diagram for a definition without one (bpmn-auto-layout: the first process, subprocesses collapsed). */
import { layoutProcess } from 'bpmn-auto-layout';
import { BpmnModdle } from 'bpmn-moddle';
import { spelled } from '../files/xml-letters.ts';
import type { CompileOptions } from './context.ts';
import { child, childrenOf, isElement, type ModdleElement } from './element.ts';
import { listFlows } from './flow-lists.ts';
import { compile } from './index.ts';
import { normalised } from './normalise.ts';
import { everything } from './rules/rule.ts';

/** Whether anything is drawn, not only a diagram that is there and empty. */
export function hasDiagram(definitions: ModdleElement): boolean {
  return childrenOf(definitions, 'diagrams').some((diagram) => {
    const plane = child(diagram, 'plane');
    return plane !== undefined && childrenOf(plane, 'planeElement').length > 0;
  });
}

const maxCharacters = 100_000;

/**
 * @param options as for `compile`: the definition must compile to the same plans with its diagram
 * @returns the definition with a diagram; unchanged when none can be generated without changing its meaning
 */
export async function withDiagram(xml: string, options: CompileOptions): Promise<string> {
  // Layout time is quadratic in the number of nodes, and a larger picture would be unreadable.
  if (xml.length > maxCharacters) return xml;
  try {
    const read = spelled(normalised(xml));
    const laidOut = read.back(await layoutProcess(await withFlowLists(read.xml)));
    const [before, after] = [await compile(xml, options), await compile(laidOut, options)];
    const same = before.plans.length > 0 && JSON.stringify(before.plans) === JSON.stringify(after.plans);
    return same ? laidOut : xml;
  } catch {
    return xml;
  }
}

/** The layout follows the flow lists of nodes, which some tools omit. */
async function withFlowLists(xml: string): Promise<string> {
  const moddle = new BpmnModdle();
  const { rootElement } = await moddle.fromXML(xml);
  if (!isElement(rootElement) || !listFlows(everything(rootElement))) return xml;
  return (await moddle.toXML(rootElement)).xml;
}
