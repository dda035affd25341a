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

/** Font size of the title, larger for wide diagrams, which are shown smaller. */
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
 * @param colouring colours elements and flows, and says above the diagram what the colours mean
 * @returns the SVG of the first diagram of the file, sized to what is drawn
 */
export function diagramSvg(definitions: DiagramModel, colouring?: Colouring): string {
  const elements = elementsOf(definitions);
  const drawn = extent(elements);
  const above = colouring ? headHeight(drawn.width) : 0;
  const view = { ...drawn, y: drawn.y - above, height: drawn.height + above };
  const inside = `${colouring ? `${head(colouring, view, view.width)}\n` : ''}${contents(elements, colouring)}`;
  return document(nameOf(definitions), view, arrows(elements, colouring), inside);
}

/**
 * A part of a diagram that fits a page: pieces of one height each, one below the other, as lines of a text.
 * @param rows ids of what each piece shows; whatever else lies there is shown as well, as far as it does
 */
export function excerptSvg(definitions: DiagramModel, rows: readonly (readonly string[])[]): string {
  const elements = elementsOf(definitions);
  const pieces = rows.map((ids) => {
    const named = elements.filter(({ bpmnElement }) => ids.includes(bpmnElement.id ?? ''));
    const view = extent(named);
    return { view, svg: contents(elements.filter((di) => overlaps(extent([di]), view))) };
  });
  const width = Math.max(...pieces.map(({ view }) => view.width));
  let y = 0;
  const parts = pieces.map(({ view, svg }) => {
    const { height } = view;
    const at = `x="0" y="${n(y)}" width="${n(view.width)}" height="${n(height)}"`;
    y += height;
    return `<svg ${at} viewBox="${n(view.x)} ${n(view.y)} ${n(view.width)} ${n(height)}">\n${svg}\n</svg>`;
  });
  return document(nameOf(definitions), { x: 0, y: 0, width, height: y }, arrows(elements), parts.join('\n'));
}

const elementsOf = (definitions: DiagramModel): (Shape | Edge)[] => definitions.diagrams[0]?.plane.planeElement ?? [];
const isShape = (di: Shape | Edge): di is Shape => di.$type === 'bpmndi:BPMNShape';
const isEdge = (di: Shape | Edge): di is Edge => di.$type === 'bpmndi:BPMNEdge';
const isExpanded = (di: Shape | Edge): di is Shape => isShape(di) && di.isExpanded === true;

function nameOf(definitions: DiagramModel): string {
  return String(definitions.rootElements.find((root) => root.$type === 'bpmn:Process')?.name ?? '');
}

/** What the elements and their labels cover, with a margin. */
function extent(elements: readonly (Shape | Edge)[]): Bounds {
  const boxes: Bounds[] = [
    ...elements.filter(isShape).map((di) => di.bounds),
    ...elements.flatMap((di) => labelBounds(di) ?? []),
  ];
  const points: Point[] = [
    ...boxes.flatMap((b) => [b, { x: b.x + b.width, y: b.y + b.height }]),
    ...elements.filter(isEdge).flatMap((di) => di.waypoint),
  ];
  const x = Math.min(...points.map((p) => p.x)) - margin;
  const y = Math.min(...points.map((p) => p.y)) - margin;
  const width = Math.max(...points.map((p) => p.x)) + margin - x;
  return { x, y, width, height: Math.max(...points.map((p) => p.y)) + margin - y };
}

const overlaps = (a: Bounds, b: Bounds): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

function contents(elements: readonly (Shape | Edge)[], colouring?: Colouring): string {
  const paintOf = (di: Drawn) => colouring?.of(di.bpmnElement.id ?? '');
  const drawnShape = (di: Shape) => painted(shape(di, paintOf(di)), paintOf(di));
  const shapes = elements.filter(isShape);
  const frames = shapes.filter((di) => isSwimlane(di));
  const containers = shapes.filter((di) => isExpanded(di) && !isSwimlane(di));
  const others = shapes.filter((di) => !isExpanded(di) && !isSwimlane(di));
  const edges = elements.filter(isEdge).map((di) => painted(edge(di, paintOf(di)), paintOf(di)));
  const lines = [...frames.map(drawnShape), ...containers.map(drawnShape), ...edges, ...others.map(drawnShape)];
  const labels = elements.map((di) => label(di, paintOf(di))).filter(Boolean);
  return `<g fill="none" stroke="${ink}">
${lines.map(unstroked).join('\n')}
</g>
<g fill="${ink}" font-family="${fonts}">
${labels.join('\n')}
</g>`;
}

/** Heads of arrows, one for each colour of lines. */
function arrows(elements: readonly (Shape | Edge)[], colouring?: Colouring): string {
  const paints = [...new Set((colouring?.legend ?? []).map(({ paint }) => paint.ink))];
  // Coloured lines differ in thickness, their arrows do not.
  const size = colouring
    ? 'markerWidth="12" markerHeight="12" markerUnits="userSpaceOnUse"'
    : 'markerWidth="8" markerHeight="8"';
  const arrow = (id: string, colour: string) =>
    `<marker id="${id}" viewBox="0 0 10 10" refX="9.5" refY="5" ${size} orient="auto"><path d="M0 1 10 5 0 9Z" fill="${colour}"/></marker>`;
  const open = `<marker id="open-arrow" viewBox="0 0 10 10" refX="9.5" refY="5" ${size} orient="auto"><path d="M1 1 9.5 5 1 9" fill="none" stroke="${ink}" stroke-width="1.2"/></marker>`;
  const directed = elements.filter(isEdge).some(({ bpmnElement }) => bpmnElement.$type.endsWith('Association'));
  return [
    ...(directed ? [open] : []),
    arrow('arrow', ink),
    ...paints.map((colour) => arrow(`arrow-${colour.slice(1)}`, colour)),
  ].join('');
}

function document(name: string, { x, y, width, height }: Bounds, definitions: string, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(x)} ${n(y)} ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" role="img" aria-label="${escapeXml(name)}">
<defs>${definitions}</defs>
<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" fill="#fff"/>
${inside}
</svg>
`;
}

/** Text inside shapes is filled, not stroked. */
const unstroked = (svg: string): string =>
  svg.replace(/<text /g, `<text fill="${ink}" stroke="none" font-family="${fonts}" `);
