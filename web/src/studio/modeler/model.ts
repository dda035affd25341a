/** The elements of a diagram as the modeler hands them over, and the services that are used of it. */

export interface BusinessObject {
  readonly $type: string;
  $parent?: BusinessObject;
  readonly id: string;
  get(name: string): unknown;
  $instanceOf(type: string): boolean;
}

/** A shape, connection or root of the diagram. */
export interface DiagramElement {
  id: string;
  type: string;
  businessObject: BusinessObject;
  labelTarget?: DiagramElement;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Modeling {
  updateProperties(element: DiagramElement, properties: object): void;
  updateModdleProperties(element: DiagramElement, object: BusinessObject, properties: object): void;
}

export interface BpmnFactory {
  create(type: string, properties?: object): BusinessObject;
}

export interface EventBus {
  on(names: string | string[], listener: (event: never) => void): void;
  off(names: string | string[], listener: (event: never) => void): void;
}

export const listOf = (object: BusinessObject | undefined, name: string): BusinessObject[] =>
  (object?.get(name) as BusinessObject[] | undefined) ?? [];

export const textOf = (object: BusinessObject, name: string): string => {
  const value = object.get(name);
  return value === undefined || value === null ? '' : String(value);
};

/** The element of the standard that an element of the diagram stands for: of a pool, the process in it. */
export function subjectOf({ businessObject }: DiagramElement): BusinessObject {
  const process = businessObject.$instanceOf('bpmn:Participant') ? businessObject.get('processRef') : undefined;
  return (process as BusinessObject | undefined) ?? businessObject;
}

/** The process that an element lies in; undefined outside of any. */
export function processOf(object: BusinessObject | undefined): BusinessObject | undefined {
  if (object === undefined || object.$instanceOf('bpmn:Process')) return object;
  return processOf(object.$parent);
}

export const extensionsOf = (object: BusinessObject | undefined): BusinessObject[] =>
  listOf(object?.get('extensionElements') as BusinessObject | undefined, 'values');
