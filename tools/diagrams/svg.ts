/** Turns the diagram interchange of a BPMN file into an SVG: pure, same file in, same picture out. No browser needed. */

import type { Bounds, Colouring, DiagramModel, Drawn, Edge, Paint, Point, Shape } from './diagram-model.ts';
import { ink } from './icons.ts';
import { escapeXml, fonts, n, textWidth } from './labels.ts';
import { edge, isSwimlane, label, labelBounds, shape, stroke } from './shapes.ts';

const margin = 20;

/** The same in its colour, with its note. */
function painted(svg: string, paint?: Paint): string {
  if (!paint) return svg;
  const note = paint.note ? `<title>${escapeXml(paint.note)}</title>` : '';
  return `<g stroke="${paint.ink}">${note}${svg}</g>`;
}

/** Size of the words above a drawing: a wide one is looked at from further away. */
const headSize = (width: number): number => Math.min(44, Math.max(18, width / 85));
const headHeight = (width: number): number => headSize(width) * 3.2;

function head({ title, subtitle, legend }: Colouring, { x: left, y: top }: Point, width: number): string {
  const big = headSize(width);
  const small = big * 0.7;
  const y = top + margin + big * 2.3;
  let x = left + margin;
  const words = (text: string, at: number) =>
    `<text x="${n(at)}" y="${n(y)}" font-size="${n(small)}">${escapeXml(text)}</text>`;
  const entries = legend.map(({ paint, text }) => {
    const box = `<rect x="${n(x)}" y="${n(y - small * 0.8)}" width="${n(small * 1.5)}" height="${n(small)}" rx="${n(small / 4)}" fill="${paint.fill}" stroke="${paint.ink}" ${stroke(1.6, paint)}/>`;
    const entry = box + words(text, x + small * 2);
    x += small * (4 + textWidth(text));
    return entry;
  });
  const name = `<text x="${n(left + margin)}" y="${n(top + margin + big * 0.9)}" font-size="${n(big)}" font-weight="600">${escapeXml(title)}</text>`;
  return `<g fill="${ink}" font-family="${fonts}">${name}${entries.join('')}${words(subtitle, x)}</g>`;
}

/**
 * @param colouring colours elements and flows, and says above the drawing what the colours mean
 * @returns the SVG of the first diagram of the file, sized to what is drawn
 */
export function diagramSvg(definitions: DiagramModel, colouring?: Colouring): string {
  const elements = definitions.diagrams[0]?.plane.planeElement ?? [];
  const shapes = elements.filter((di): di is Shape => di.$type === 'bpmndi:BPMNShape');
  const edges = elements.filter((di): di is Edge => di.$type === 'bpmndi:BPMNEdge');
  const boxes: Bounds[] = [...shapes.map((di) => di.bounds), ...elements.flatMap((di) => labelBounds(di) ?? [])];
  const points: Point[] = [
    ...boxes.flatMap((b) => [b, { x: b.x + b.width, y: b.y + b.height }]),
    ...edges.flatMap((di) => di.waypoint),
  ];
  const left = Math.min(...points.map((p) => p.x)) - margin;
  const width = Math.max(...points.map((p) => p.x)) + margin - left;
  const top = Math.min(...points.map((p) => p.y)) - margin - (colouring ? headHeight(width) : 0);
  const height = Math.max(...points.map((p) => p.y)) + margin - top;
  const paintOf = (di: Drawn) => colouring?.of(di.bpmnElement.id ?? '');
  const drawnShape = (di: Shape) => painted(shape(di, paintOf(di)), paintOf(di));
  const frames = shapes.filter((di) => isSwimlane(di));
  const containers = shapes.filter((di) => di.isExpanded === true && !isSwimlane(di));
  const others = shapes.filter((di) => di.isExpanded !== true && !isSwimlane(di));
  const process = definitions.rootElements.find((root) => root.$type === 'bpmn:Process');
  const paints = [...new Set((colouring?.legend ?? []).map(({ paint }) => paint.ink))];
  // Coloured lines differ in thickness, their arrows do not.
  const size = colouring
    ? 'markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse"'
    : 'markerWidth="8" markerHeight="8"';
  const arrow = (id: string, colour: string) =>
    `<marker id="${id}" viewBox="0 0 10 10" refX="9.5" refY="5" ${size} orient="auto"><path d="M0 1 10 5 0 9Z" fill="${colour}"/></marker>`;
  const open = `<marker id="open-arrow" viewBox="0 0 10 10" refX="9.5" refY="5" ${size} orient="auto"><path d="M1 1 9.5 5 1 9" fill="none" stroke="${ink}" stroke-width="1.2"/></marker>`;
  const directed = edges.some(({ bpmnElement }) => bpmnElement.$type.endsWith('Association'));
  const arrows = [
    ...(directed ? [open] : []),
    arrow('arrow', ink),
    ...paints.map((colour) => arrow(`arrow-${colour.slice(1)}`, colour)),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(left)} ${n(top)} ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" role="img" aria-label="${escapeXml(String(process?.name ?? ''))}">
<defs>${arrows.join('')}</defs>
<rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" fill="#fff"/>
${colouring ? `${head(colouring, { x: left, y: top }, width)}\n` : ''}<g fill="none" stroke="${ink}">
${[...frames.map(drawnShape), ...containers.map(drawnShape), ...edges.map((di) => painted(edge(di, paintOf(di)), paintOf(di))), ...others.map(drawnShape)].map(unstroked).join('\n')}
</g>
<g fill="${ink}" font-family="${fonts}">
${elements
  .map((di) => label(di, paintOf(di)))
  .filter(Boolean)
  .join('\n')}
</g>
</svg>
`;
}

/** Text inside shapes is filled, not stroked. */
const unstroked = (svg: string): string =>
  svg.replace(/<text /g, `<text fill="${ink}" stroke="none" font-family="${fonts}" `);
