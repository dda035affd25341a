/** Turns the diagram interchange of a BPMN file into an SVG: pure, same file in, same picture out. No browser needed. */
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
  name?: string;
  cancelActivity?: boolean;
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
/** `definitions` of a BPMN file as bpmn-moddle reads it. */
export interface Drawing {
  rootElements: ModelElement[];
  diagrams: { plane: { planeElement: (Shape | Edge)[] } }[];
}

const fonts = "'PingFang SC','Hiragino Sans GB','Microsoft YaHei','Noto Sans CJK SC','Source Han Sans SC',sans-serif";
const ink = '#22303c';
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

/** Small pictures in the corner of a task, drawn in a box of 14 by 14. */
const taskIcons: Record<string, string> = {
  'bpmn:UserTask': '<circle cx="7" cy="4" r="2.8"/><path d="M1.5 13.5 C1.5 9 4 7.6 7 7.6 S12.5 9 12.5 13.5 Z"/>',
  'bpmn:ServiceTask':
    '<circle cx="7" cy="7" r="4.2"/><circle cx="7" cy="7" r="1.6"/><path d="M7 .6V2.8M7 11.2V13.4M.6 7H2.8M11.2 7H13.4M2.5 2.5 4 4M10 10 11.5 11.5M2.5 11.5 4 10M10 4 11.5 2.5"/>',
  'bpmn:ScriptTask': '<path d="M3 1H12C9 4.5 12.5 9 10.5 13H1.5C4 9.5 0 5 3 1ZM4 4.5H8.5M4.5 7H9M5 9.5H9.5"/>',
  'bpmn:SendTask': '<path d="M.8 2.8H13.2V11.2H.8Z" fill="#22303c"/><path d="M.8 2.8 7 7.6 13.2 2.8" stroke="#fff"/>',
  'bpmn:ReceiveTask': '<path d="M.8 2.8H13.2V11.2H.8ZM.8 2.8 7 7.6 13.2 2.8"/>',
  'bpmn:BusinessRuleTask': '<path d="M.8 2H13.2V12H.8ZM.8 5H13.2M.8 8.5H13.2M4.5 5V12"/>',
};

/** What stands inside an event's circle, around its centre. */
const eventIcons: Record<string, (filled: boolean) => string> = {
  'bpmn:TimerEventDefinition': () => '<circle r="9.5"/><path d="M0 -6.5V0L4.5 3M0 -9.5V-8M0 9.5V8M-9.5 0H-8M9.5 0H8"/>',
  'bpmn:MessageEventDefinition': (filled) =>
    filled
      ? `<path d="M-8.5 -6H8.5V6H-8.5Z" fill="${ink}"/><path d="M-8.5 -6 0 1 8.5 -6" stroke="#fff"/>`
      : '<path d="M-8.5 -6H8.5V6H-8.5ZM-8.5 -6 0 1 8.5 -6"/>',
  'bpmn:ErrorEventDefinition': (filled) =>
    path('M-7.5 7 -3 -6 2 1.5 7.5 -7 3 6 -2 -1.5Z', filled ? `fill="${ink}"` : ''),
  'bpmn:TerminateEventDefinition': () => `<circle r="9.5" fill="${ink}"/>`,
};

function activity(element: ModelElement, b: Bounds, expanded: boolean): string {
  const isCall = element.$type === 'bpmn:CallActivity';
  const fill = expanded ? '#fbfcfe' : isCall ? '#eef4ea' : element.$type === 'bpmn:UserTask' ? '#eaf3fb' : '#f6f3ea';
  const parts = [
    `<rect x="${n(b.x)}" y="${n(b.y)}" width="${n(b.width)}" height="${n(b.height)}" rx="10" fill="${fill}" stroke-width="${isCall ? 4 : 1.6}"/>`,
  ];
  const name = String(element.name ?? '');
  if (expanded)
    parts.push(
      text(name, { x: b.x + 14 + (textWidth(name) * 14) / 2, y: b.y + 18 }, { width: b.width, size: 14, bold: true }),
    );
  else {
    const icon = taskIcons[element.$type];
    if (icon) parts.push(`<g transform="translate(${n(b.x + 6)} ${n(b.y + 6)})" stroke-width="1.1">${icon}</g>`);
    const centre = centreOf(b);
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
  return parts.join('');
}

function event(element: ModelElement, b: Bounds): string {
  const { x, y } = centreOf(b);
  const type = element.$type;
  const end = type === 'bpmn:EndEvent';
  const dash = element.cancelActivity === false ? ' stroke-dasharray="5 3"' : '';
  const fill = end ? '#fbeaea' : type === 'bpmn:StartEvent' ? '#eaf7ee' : '#fff8e6';
  const circles = [`<circle cx="${n(x)}" cy="${n(y)}" r="18" fill="${fill}" stroke-width="${end ? 4 : 1.6}"${dash}/>`];
  if (type === 'bpmn:BoundaryEvent' || type.startsWith('bpmn:Intermediate'))
    circles.push(`<circle cx="${n(x)}" cy="${n(y)}" r="14.5" stroke-width="1.6"${dash}/>`);
  const definition = element.eventDefinitions?.[0];
  const icon = definition && eventIcons[definition.$type]?.(end || type === 'bpmn:IntermediateThrowEvent');
  return circles.join('') + (icon ? `<g transform="translate(${n(x)} ${n(y)})" stroke-width="1.2">${icon}</g>` : '');
}

const gatewayIcons: Record<string, string> = {
  'bpmn:ExclusiveGateway': '<path d="M-7 -8 7 8M7 -8 -7 8" stroke-width="3"/>',
  'bpmn:ParallelGateway': '<path d="M0 -11V11M-11 0H11" stroke-width="3"/>',
  'bpmn:EventBasedGateway': '<circle r="13"/><circle r="10.5"/><path d="M0 -7 6.7 -2.2 4.1 5.7H-4.1L-6.7 -2.2Z"/>',
};

function gateway(element: ModelElement, b: Bounds): string {
  const { x, y } = centreOf(b);
  const diamond = `M${n(x)} ${n(b.y)}L${n(b.x + b.width)} ${n(y)} ${n(x)} ${n(b.y + b.height)} ${n(b.x)} ${n(y)}Z`;
  return `${path(diamond, 'fill="#fdf6e3" stroke-width="1.6"')}<g transform="translate(${n(x)} ${n(y)})">${gatewayIcons[element.$type] ?? ''}</g>`;
}

function shape(di: Shape): string {
  const { bpmnElement: element, bounds: b } = di;
  if (element.$type.endsWith('Gateway')) return gateway(element, b);
  if (element.$type.endsWith('Event')) return event(element, b);
  return activity(element, b, di.isExpanded === true);
}

function label(di: Drawn): string {
  const bounds = di.label?.bounds;
  const name = di.bpmnElement.name;
  if (!bounds || !name) return '';
  const width = bounds.width + 4;
  return `<g class="label">${text(name, centreOf(bounds), { width, size: 12 })}</g>`;
}

function edge(di: Edge): string {
  const points = di.waypoint;
  const line = points.map((p, i) => `${i === 0 ? 'M' : 'L'}${n(p.x)} ${n(p.y)}`).join('');
  const first = points[0];
  const second = points[1];
  const flow = di.bpmnElement;
  let slash = '';
  if (first && second && flow.sourceRef?.default === flow) {
    const dx = Math.sign(second.x - first.x);
    const dy = Math.sign(second.y - first.y);
    const x = first.x + dx * 9;
    const y = first.y + dy * 9;
    slash = path(`M${n(x - 4)} ${n(y - 4)}L${n(x + 4)} ${n(y + 4)}`, 'stroke-width="1.4"');
  }
  return path(line, 'stroke-width="1.5" stroke-linejoin="round" marker-end="url(#arrow)"') + slash;
}

/** @returns the SVG of the first diagram of the file, sized to what is drawn */
export function diagramSvg(definitions: Drawing): string {
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
  const top = Math.min(...points.map((p) => p.y)) - margin;
  const width = Math.max(...points.map((p) => p.x)) + margin - left;
  const height = Math.max(...points.map((p) => p.y)) + margin - top;
  const containers = shapes.filter((di) => di.isExpanded === true);
  const others = shapes.filter((di) => di.isExpanded !== true);
  const process = definitions.rootElements.find((root) => root.$type === 'bpmn:Process');
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${n(left)} ${n(top)} ${n(width)} ${n(height)}" width="${n(width)}" height="${n(height)}" role="img" aria-label="${escapeXml(String(process?.name ?? ''))}">
<defs><marker id="arrow" viewBox="0 0 10 10" refX="9.5" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 1 10 5 0 9Z" fill="${ink}"/></marker></defs>
<rect x="${n(left)}" y="${n(top)}" width="${n(width)}" height="${n(height)}" fill="#fff"/>
<g fill="none" stroke="${ink}">
${[...containers.map(shape), ...edges.map(edge), ...others.map(shape)].map(unstroked).join('\n')}
</g>
<g fill="${ink}" font-family="${fonts}">
${elements.map(label).filter(Boolean).join('\n')}
</g>
</svg>
`;
}

/** Text inside shapes is filled, not stroked. */
const unstroked = (svg: string): string =>
  svg.replace(/<text /g, `<text fill="${ink}" stroke="none" font-family="${fonts}" `);
