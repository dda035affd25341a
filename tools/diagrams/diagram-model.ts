/** What a picture of a diagram is made of: the diagram interchange as bpmn-moddle reads it, and how it may be painted. */

export interface Point {
  x: number;
  y: number;
}
export interface Bounds extends Point {
  width: number;
  height: number;
}

/** What is read of the model behind a shape or an edge. */
export interface ModelElement {
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
export interface Drawn {
  $type: string;
  bpmnElement: ModelElement;
  label?: { bounds?: Bounds };
}
export interface Shape extends Drawn {
  $type: 'bpmndi:BPMNShape';
  bounds: Bounds;
  isExpanded?: boolean;
}
export interface Edge extends Drawn {
  $type: 'bpmndi:BPMNEdge';
  waypoint: Point[];
}
/** How one element or flow is painted where it is not as usual. */
export interface Paint {
  ink: string;
  fill: string;
  /** Lines are drawn so much thicker, in pixels. */
  thicker?: number;
  /** Tooltip. */
  note?: string;
}
export interface Colouring {
  /** Undefined: as usual. */
  of(id: string): Paint | undefined;
  /** Above the diagram. */
  title: string;
  subtitle: string;
  legend: { paint: Paint; text: string }[];
}

/** `definitions` of a BPMN file as bpmn-moddle reads it. */
export interface DiagramModel {
  rootElements: ModelElement[];
  diagrams: { plane: { planeElement: (Shape | Edge)[] } }[];
}
