/** Turns the diagram interchange of a BPMN file into an SVG: pure, same file in, same picture out. No browser needed. */
import {
  allOfSeveralEvents,
  eventIcons,
  gatewayIcons,
  ink,
  markers,
  severalEvents,
  startingGatewayIcons,
  startingReceiveIcon,
  taskIcons,
} from './diagram-icons.ts';

interface Point {
  x: number;
  y: number;
}
interface Bounds extends Point {
  width: number;
  height: number;
}

/** What is read of the model behind a shape or an edge. */
interface ModelElement {
  $type: string;
  id?: string;
  name?: string;
  /** Of a text annotation. */
  text?: string;
  cancelActivity?: boolean;
  isInterrupting?: boolean;
  instantiate?: boolean;
  eventGatewayType?: string;
  associationDirection?: string;
  parallelMultiple?: boolean;
  triggeredByEvent?: boolean;
  isForCompensation?: boolean;
  loopCharacteristics?: ModelElement;
  isSequential?: boolean;
  eventDefinitions?: ModelElement[];
  default?: ModelElement;
  sourceRef?: ModelElement;
}
interface Drawn {
  $type: string;
  bpmnElement: ModelElement;
  label?: { bounds?: Bounds };
}
interface Shape extends Drawn {
  $type: 'bpmndi:BPMNShape';
  bounds: Bounds;
  isExpanded?: boolean;
}
interface Edge extends Drawn {
  $type: 'bpmndi:BPMNEdge';
  waypoint: Point[];
}
/** How one element or flow is painted where it is not as usual. */
export interface Paint {
  ink: string;
  fill: string;
  /** Lines are drawn so much thicker, in pixels. */
  thicker?: number;
  /** Told when the pointer rests on it. */
  note?: string;
}
export interface Colouring {
  /** Undefined: as usual. */
  of(id: string): Paint | undefined;
  /** Above the drawing. */
  title: string;
  subtitle: string;
  legend: { paint: Paint; text: string }[];
}

/** `definitions` of a BPMN file as bpmn-moddle reads it. */
export interface Drawing {
  rootElements: ModelElement[];
  diagrams: { plane: { planeElement: (Shape | Edge)[] } }[];
}

const fonts = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif";
const margin = 20;

const escapeXml = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
const n = (value: number): string => String(Math.round(value * 100) / 100);

/** Width of a character in units of the font size: Chinese characters are square, Latin ones about half of that. */
const charWidth = (char: string): number => ((char.codePointAt(0) ?? 0) > 0x2e7f ? 1 : 0.55);
const textWidth = (text: string): number => [...text].reduce((sum, char) => sum + charWidth(char), 0);

/** Breaks a label into even lines no wider than `max` (in font sizes); Latin words stay whole, closing punctuation starts no line. */
export function wrapLabel(text: string, max: number): string[] {
  const lines = fill(text, max);
  for (let width = textWidth(text) / lines.length; width < max; width += 0.5) {
    const even = fill(text, width);
    if (even.length === lines.length) return even;
  }
  return lines;
}

function fill(text: string, max: number): string[] {
  const parts = text.match(/[\u2e80-\uffff][，。？！）：、]*|[^\s\u2e80-\uffff]+|\s+/gu) ?? [];
  const lines: string[] = [];
  let line = '';
  for (const part of parts) {
    if (line !== '' && textWidth(line + part) > max) {
      lines.push(line.trim());
      line = part.trim();
    } else line += part;
  }
  if (line.trim() !== '') lines.push(line.trim());
  return lines;
}

function text(label: string, centre: Point, options: { width: number; size?: number; bold?: boolean }): string {
  const size = options.size ?? 12;
  const lines = wrapLabel(label, options.width / size);
  const top = centre.y - ((lines.length - 1) * (size + 2)) / 2 + size * 0.36;
  const spans = lines.map(
    (line, i) => `<tspan x="${n(centre.x)}" y="${n(top + i * (size + 2))}">${escapeXml(line)}</tspan>`,
  );
  const weight = options.bold ? ' font-weight="600"' : '';
  return `<text text-anchor="middle" font-size="${size}"${weight}>${spans.join('')}</text>`;
}

const centreOf = (b: Bounds): Point => ({ x: b.x + b.width / 2, y: b.y + b.height / 2 });
const path = (d: string, attributes = ''): string => `<path d="${d}" ${attributes}/>`;

const stroke = (width: number, paint?: Paint): string => `stroke-width="${n(width + (paint?.thicker ?? 0))}"`;

function activity(element: ModelElement, b: Bounds, expanded: boolean, paint?: Paint): string {
  const isCall = element.$type === 'bpmn:CallActivity';
  const usual = expanded ? '#fbfcfe' : isCall ? '#eef4ea' : element.$type === 'bpmn:UserTask' ? '#eaf3fb' : '#f6f3ea';
  // What is inside an expanded subprocess must be readable on it.
  const fill = expanded && paint ? '#fff' : (paint?.fill ?? usual);
  const dots = element.triggeredByEvent ? ' stroke-dasharray="2 4"' : '';
  const parts = [
    `<rect x="${n(b.x)}" y="${n(b.y)}" width="${n(b.width)}" height="${n(b.height)}" rx="10" fill="${fill}" ${stroke(isCall ? 4 : 1.6, paint)}${dots}/>`,
  ];
  if (element.$type === 'bpmn:Transaction')
    parts.push(
      `<rect x="${n(b.x + 4)}" y="${n(b.y + 4)}" width="${n(b.width - 8)}" height="${n(b.height - 8)}" rx="7" stroke-width="1.2"/>`,
    );
  const name = String(element.name ?? '');
  const centre = centreOf(b);
  if (expanded)
    parts.push(
      text(name, { x: b.x + 14 + (textWidth(name) * 14) / 2, y: b.y + 18 }, { width: b.width, size: 14, bold: true }),
    );
  else {
    const starting = element.$type === 'bpmn:ReceiveTask' && element.instantiate;
    const icon = starting ? startingReceiveIcon : taskIcons[element.$type]?.(paint?.ink ?? ink);
    if (icon) parts.push(`<g transform="translate(${n(b.x + 6)} ${n(b.y + 6)})" stroke-width="1.1">${icon}</g>`);
    parts.push(text(name, { x: centre.x, y: centre.y + (icon ? 5 : 0) }, { width: b.width - 12 }));
    if (isCall) {
      const y = b.y + b.height - 17;
      parts.push(
        path(
          `M${n(centre.x - 7)} ${n(y)}h14v14h-14ZM${n(centre.x)} ${n(y + 3)}v8M${n(centre.x - 4)} ${n(y + 7)}h8`,
          'stroke-width="1.2"',
        ),
      );
    }
  }
  return parts.join('') + foot(element, b, expanded);
}

/** Loop, multi-instance, ad-hoc and compensation markers, side by side at the bottom. */
function foot(element: ModelElement, b: Bounds, expanded: boolean): string {
  const found: string[] = [];
  const loop = element.loopCharacteristics;
  if (loop?.$type === 'bpmn:StandardLoopCharacteristics') found.push(markers.loop);
  else if (loop) found.push(loop.isSequential ? markers.sequential : markers.parallel);
  if (element.$type === 'bpmn:AdHocSubProcess') found.push(markers.adHoc);
  if (element.isForCompensation) found.push(markers.compensation);
  const isScope = element.$type.endsWith('SubProcess') || element.$type === 'bpmn:Transaction';
  if (isScope && !expanded) found.push(markers.inside);
  // A call activity has its own marker in the middle.
  const shift = element.$type === 'bpmn:CallActivity' ? 18 : 0;
  const left = b.x + b.width / 2 - found.length * 9 + 2 + shift * ((found.length + 1) / 2);
  const y = b.y + b.height - 17;
  return found
    .map((marker, i) => `<g transform="translate(${n(left + i * 18)} ${n(y)})" stroke-width="1.2">${marker}</g>`)
    .join('');
}

function event(element: ModelElement, b: Bounds, paint?: Paint): string {
  const { x, y } = centreOf(b);
  const type = element.$type;
  const end = type === 'bpmn:EndEvent';
  const beside = element.cancelActivity === false || element.isInterrupting === false;
  const dash = beside ? ' stroke-dasharray="5 3"' : '';
  const fill = paint?.fill ?? (end ? '#fbeaea' : type === 'bpmn:StartEvent' ? '#eaf7ee' : '#fff8e6');
  const circles = [`<circle cx="${n(x)}" cy="${n(y)}" r="18" fill="${fill}" ${stroke(end ? 4 : 1.6, paint)}${dash}/>`];
  if (type === 'bpmn:BoundaryEvent' || type.startsWith('bpmn:Intermediate'))
    circles.push(`<circle cx="${n(x)}" cy="${n(y)}" r="14.5" ${stroke(1.6, paint)}${dash}/>`);
  const definitions = element.eventDefinitions ?? [];
  const one = eventIcons[definitions[0]?.$type ?? ''];
  const draw = definitions.length > 1 ? (element.parallelMultiple ? allOfSeveralEvents : severalEvents) : one;
  const icon = draw?.(end || type === 'bpmn:IntermediateThrowEvent', paint?.ink ?? ink);
  return circles.join('') + (icon ? `<g transform="translate(${n(x)} ${n(y)})" stroke-width="1.2">${icon}</g>` : '');
}

function gateway(element: ModelElement, b: Bounds, paint?: Paint): string {
  const { x, y } = centreOf(b);
  const diamond = `M${n(x)} ${n(b.y)}L${n(b.x + b.width)} ${n(y)} ${n(x)} ${n(b.y + b.height)} ${n(b.x)} ${n(y)}Z`;
  return `${path(diamond, `fill="${paint?.fill ?? '#fdf6e3'}" ${stroke(1.6, paint)}`)}<g transform="translate(${n(x)} ${n(y)})">${gatewayIcon(element)}</g>`;
}

/** An event-based gateway that starts the instance has one circle instead of two; one that waits for all its events has a cross (BPMN 2.0.2, 10.6.6). */
function gatewayIcon(element: ModelElement): string {
  if (element.$type !== 'bpmn:EventBasedGateway' || !element.instantiate) return gatewayIcons[element.$type] ?? '';
  return element.eventGatewayType === 'Parallel' ? startingGatewayIcons.all : startingGatewayIcons.first;
}

/** Pools and lanes: a frame with its name along the left side. */
function swimlane(element: ModelElement, b: Bounds): string {
  const x = b.x + 15;
  const y = b.y + b.height / 2;
  const name = text(String(element.name ?? ''), { x, y }, { width: b.height - 10, size: 13, bold: true });
  return `<rect x="${n(b.x)}" y="${n(b.y)}" width="${n(b.width)}" height="${n(b.height)}" fill="#fff" stroke-width="1.4"/>${path(`M${n(b.x + 30)} ${n(b.y)}v${n(b.height)}`, 'stroke-width="1"')}<g transform="rotate(-90 ${n(x)} ${n(y)})">${name}</g>`;
}

/** What no token passes: notes, data, groups. */
function artifact(element: ModelElement, b: Bounds): string {
  switch (element.$type) {
    case 'bpmn:TextAnnotation':
      return (
        path(`M${n(b.x + 12)} ${n(b.y)}H${n(b.x)}V${n(b.y + b.height)}H${n(b.x + 12)}`, 'stroke-width="1.2"') +
        text(String(element.text ?? ''), centreOf(b), { width: b.width - 10 })
      );
    case 'bpmn:DataStoreReference':
    case 'bpmn:DataObjectReference':
      return path(
        `M${n(b.x)} ${n(b.y)}H${n(b.x + b.width - 10)}l10 10V${n(b.y + b.height)}H${n(b.x)}ZM${n(b.x + b.width - 10)} ${n(b.y)}v10h10`,
        'fill="#fff" stroke-width="1.4"',
      );
    default:
      return `<rect x="${n(b.x)}" y="${n(b.y)}" width="${n(b.width)}" height="${n(b.height)}" rx="10" stroke-width="1.2" stroke-dasharray="8 4 2 4"/>`;
  }
}

const isActivity = /(?:Task|Activity|SubProcess|Transaction)$/;

function shape(di: Shape, paint?: Paint): string {
  const { bpmnElement: element, bounds: b } = di;
  if (element.$type.endsWith('Gateway')) return gateway(element, b, paint);
  if (element.$type.endsWith('Event')) return event(element, b, paint);
  if (isActivity.test(element.$type)) return activity(element, b, di.isExpanded === true, paint);
  return isSwimlane(di) ? swimlane(element, b) : artifact(element, b);
}

const isSwimlane = ({ bpmnElement: { $type } }: Shape): boolean =>
  $type === 'bpmn:Participant' || $type === 'bpmn:Lane';

function label(di: Drawn, paint?: Paint): string {
  const bounds = di.label?.bounds;
  const name = di.bpmnElement.name;
  if (!bounds || !name) return '';
  const width = bounds.width + 4;
  const colour = paint ? ` fill="${paint.ink}"` : '';
  return `<g class="label"${colour}>${text(name, centreOf(bounds), { width, size: 12 })}</g>`;
}

const arrowOf = (paint?: Paint): string => (paint ? `arrow-${paint.ink.slice(1)}` : 'arrow');

function edge(di: Edge, paint?: Paint): string {
  const points = di.waypoint;
  const line = points.map((p, i) => `${i === 0 ? 'M' : 'L'}${n(p.x)} ${n(p.y)}`).join('');
  const first = points[0];
  const second = points[1];
  const flow = di.bpmnElement;
  if (flow.$type.endsWith('Association')) {
    const directed = flow.$type !== 'bpmn:Association' || flow.associationDirection === 'One';
    return path(line, `stroke-width="1.2" stroke-dasharray="2 4"${directed ? ' marker-end="url(#open-arrow)"' : ''}`);
  }
  let slash = '';
  if (first && second && flow.sourceRef?.default === flow) {
    const dx = Math.sign(second.x - first.x);
    const dy = Math.sign(second.y - first.y);
    const x = first.x + dx * 9;
    const y = first.y + dy * 9;
    slash = path(`M${n(x - 4)} ${n(y - 4)}L${n(x + 4)} ${n(y + 4)}`, 'stroke-width="1.4"');
  }
  const dash = flow.$type === 'bpmn:MessageFlow' ? ' stroke-dasharray="7 5"' : '';
  const attributes = `${stroke(1.5, paint)} stroke-linejoin="round"${dash} marker-end="url(#${arrowOf(paint)})"`;
  return path(line, attributes) + slash;
}

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
export function diagramSvg(definitions: Drawing, colouring?: Colouring): string {
  const elements = definitions.diagrams[0]?.plane.planeElement ?? [];
  const shapes = elements.filter((di): di is Shape => di.$type === 'bpmndi:BPMNShape');
  const edges = elements.filter((di): di is Edge => di.$type === 'bpmndi:BPMNEdge');
  const boxes: Bounds[] = [
    ...shapes.map((di) => di.bounds),
    ...elements.flatMap((di) => (di.label?.bounds ? [di.label.bounds] : [])),
  ];
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
