/** Parts of diagrams for pages, where a whole diagram would be too small to read. With English names, as the pages are in English. */
import type { Bounds, DiagramModel } from './diagram-model.ts';
import { labelHeight } from './labels.ts';

export interface Excerpt {
  /** Of the picture: docs/diagrams/<name>.svg. */
  name: string;
  /** Key of the definition. */
  of: string;
  /** Each row shows what these elements cover. */
  rows: string[][];
}

export const excerpts: readonly Excerpt[] = [
  {
    name: 'complaint-beginning',
    of: 'complaint',
    rows: [
      ['ComplaintRegistered', 'HandOverLateTold', 'InvestigateAndContact', 'FirstContactLateTold'],
      ['Classify', 'ExpertReview', 'PlanToChange', 'ForPresident'],
    ],
  },
];

/** Gives elements and flows other names. A longer label grows away from its element. */
export function rename(diagram: DiagramModel, nameOf: (id: string) => string | undefined): void {
  for (const root of diagram.rootElements) root.name = nameOf(root.id ?? '') ?? root.name;
  for (const di of diagram.diagrams.flatMap(({ plane }) => plane.planeElement)) {
    const name = nameOf(di.bpmnElement.id ?? '');
    if (name === undefined) continue;
    di.bpmnElement.name = name;
    if (!di.label?.bounds) continue;
    if (di.$type === 'bpmndi:BPMNEdge') di.label.bounds = above(di.label.bounds, name);
    else di.label.bounds = withRoom(di.label.bounds, name, di.bounds.y + di.bounds.height / 2);
  }
}

const labelWidth = 100;

function above({ x, y, width, height }: Bounds, name: string): Bounds {
  const high = Math.max(height, labelHeight(name, width));
  return { x, y: y - (high - height), width, height: high };
}

/** @param middle vertical centre of the shape */
function withRoom({ x, y, width, height }: Bounds, name: string, middle: number): Bounds {
  const wide = Math.max(width, labelWidth);
  const high = Math.max(height, labelHeight(name, wide));
  return { x: x - (wide - width) / 2, y: y < middle ? y - (high - height) : y, width: wide, height: high };
}
