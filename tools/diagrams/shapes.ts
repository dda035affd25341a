/** One element or flow of a diagram as SVG, by its kind. */

import type { Bounds, Edge, ModelElement, Paint, Point, Shape } from './diagram-model.ts';
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
} from './icons.ts';
import { labelHeight, n, text, textWidth } from './labels.ts';

const centreOf = (b: Bounds): Point => ({ x: b.x + b.width / 2, y: b.y + b.height / 2 });
const path = (d: string, attributes = ''): string => `<path d="${d}" ${attributes}/>`;

export const stroke = (width: number, paint?: Paint): string => `stroke-width="${n(width + (paint?.thicker ?? 0))}"`;

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
    const width = b.width - 12;
    const size = labelHeight(name, width) > b.height - 20 ? 10.5 : 12;
    parts.push(text(name, { x: centre.x, y: centre.y + (icon ? 5 : 0) }, { width, size }));
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

export function shape(di: Shape, paint?: Paint): string {
  const { bpmnElement: element, bounds: b } = di;
  if (element.$type.endsWith('Gateway')) return gateway(element, b, paint);
  if (element.$type.endsWith('Event')) return event(element, b, paint);
  if (isActivity.test(element.$type)) return activity(element, b, di.isExpanded === true, paint);
  return isSwimlane(di) ? swimlane(element, b) : artifact(element, b);
}

export const isSwimlane = ({ bpmnElement: { $type } }: Shape): boolean =>
  $type === 'bpmn:Participant' || $type === 'bpmn:Lane';

/** Position of an external label; without bounds in the file it is below the element, as modelers show it. */
export function labelBounds(di: Shape | Edge): Bounds | undefined {
  if (di.label?.bounds) return di.label.bounds;
  if (di.$type !== 'bpmndi:BPMNShape' || !di.bpmnElement.name) return undefined;
  if (!/(?:Event|Gateway|DataObjectReference|DataStoreReference)$/.test(di.bpmnElement.$type)) return undefined;
  const { x, y, width, height } = di.bounds;
  return { x: x + width / 2 - 45, y: y + height + 5, width: 90, height: 14 };
}

export function label(di: Shape | Edge, paint?: Paint): string {
  const bounds = labelBounds(di);
  const name = di.bpmnElement.name;
  if (!bounds || !name) return '';
  const width = bounds.width + 4;
  const colour = paint ? ` fill="${paint.ink}"` : '';
  return `<g class="label"${colour}>${text(name, centreOf(bounds), { width, size: 12 })}</g>`;
}

const arrowOf = (paint?: Paint): string => (paint ? `arrow-${paint.ink.slice(1)}` : 'arrow');

export function edge(di: Edge, paint?: Paint): string {
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
