/** Lays out a definition that has no diagram, so that it can be shown (bpmn-auto-layout: the first process, subprocesses collapsed). */
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
 * @param options as for `compile`: the diagram with its diagram must compile to the same plans
 * @returns the diagram with a diagram; unchanged when none can be made without changing what it means
 */
export async function withDiagram(xml: string, options: CompileOptions): Promise<string> {
  // The layout takes time by the square of what it lays out, and nobody reads a picture of that many.
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

/** The layout goes from node to node by the flows they list, which files of some tools leave out. */
async function withFlowLists(xml: string): Promise<string> {
  const moddle = new BpmnModdle();
  const { rootElement } = await moddle.fromXML(xml);
  if (!isElement(rootElement) || !listFlows(everything(rootElement))) return xml;
  return (await moddle.toXML(rootElement)).xml;
}
