/** A constraint of the standard as data: the elements it applies to, the violations, the remedy. */
import { child, childrenOf, idOf, isA, type ModdleElement } from '../element.ts';

export interface Rule {
  /** Stable code of the problem. */
  code: string;
  /** Number of the constraint in the public conformance suite, if known. */
  constraint?: string;
  /** Section of the standard (BPMN 2.0.2). */
  section: string;
  /** Types of elements it is about, subtypes included. */
  of: string;
  severity?: 'warning';
  hint: string;
  /** @returns a description of the violation, or undefined */
  broken(element: ModdleElement, diagram: Diagram): string | undefined;
}

/** View of the model for the rules. */
export interface Diagram {
  definitions: ModdleElement;
  /** Sequence flows by the node they leave and enter. */
  outgoing(node: ModdleElement): ModdleElement[];
  incoming(node: ModdleElement): ModdleElement[];
  all(type: string): ModdleElement[];
  /** Types of the extension elements it has. */
  extensions: readonly string[];
  /** Whether the reference exists but is unresolved. */
  unresolved(element: ModdleElement, property: string): boolean;
}

/** An unresolved reference: its owner and property. */
export interface Unresolved {
  element: ModdleElement;
  property: string;
}

const contained = (element: ModdleElement): ModdleElement[] => {
  const { properties } = describe(element);
  return properties.flatMap((property) => {
    if (property.isReference || property.isAttr || property.isVirtual) return [];
    const value = Reflect.get(element, property.ns.localName) as unknown;
    const values = Array.isArray(value) ? value : [value];
    return values.filter(
      (entry): entry is ModdleElement => typeof entry === 'object' && entry !== null && '$type' in entry,
    );
  });
};

interface Described {
  properties: {
    name: string;
    type: string;
    isReference?: boolean;
    isAttr?: boolean;
    isVirtual?: boolean;
    isMany?: boolean;
    ns: { localName: string };
  }[];
}

/** Descriptor of an element's type; generic elements (foreign extensions) have no properties. */
export function describe(element: ModdleElement): Described {
  const described = Reflect.get(element, '$descriptor') as Partial<Described> | undefined;
  return { properties: described?.properties ?? [] };
}

/** Every element below, the diagram left out. */
export function everything(definitions: ModdleElement): ModdleElement[] {
  const all: ModdleElement[] = [];
  const visit = (element: ModdleElement): void => {
    all.push(element);
    for (const inside of contained(element)) if (!/^(bpmndi|di|dc):/.test(inside.$type)) visit(inside);
  };
  visit(definitions);
  return all;
}

export function diagramOf(
  definitions: ModdleElement,
  elements: ModdleElement[],
  unresolved: readonly Unresolved[] = [],
): Diagram {
  const bySource = new Map<ModdleElement, ModdleElement[]>();
  const byTarget = new Map<ModdleElement, ModdleElement[]>();
  const byType = new Map<string, ModdleElement[]>();
  const add = (map: Map<ModdleElement, ModdleElement[]>, key: ModdleElement | undefined, flow: ModdleElement): void => {
    if (key) map.set(key, [...(map.get(key) ?? []), flow]);
  };
  for (const flow of elements.filter((element) => isA(element, 'bpmn:SequenceFlow'))) {
    add(bySource, child(flow, 'sourceRef'), flow);
    add(byTarget, child(flow, 'targetRef'), flow);
  }
  const extensions = [...new Set(elements.map((element) => element.$type).filter((type) => !type.startsWith('bpmn:')))];
  return {
    definitions,
    extensions,
    outgoing: (node) => bySource.get(node) ?? [],
    incoming: (node) => byTarget.get(node) ?? [],
    unresolved: (element, property) => unresolved.some((one) => one.element === element && one.property === property),
    all(type) {
      const known = byType.get(type);
      if (known) return known;
      const found = elements.filter((element) => isA(element, type));
      byType.set(type, found);
      return found;
    },
  };
}

export const isEventSubProcess = (element: ModdleElement | undefined): boolean =>
  element !== undefined && isA(element, 'bpmn:SubProcess') && element.get?.('triggeredByEvent') === true;

/** The process that contains an element, at any depth. */
export function processOf(element: ModdleElement | undefined): ModdleElement | undefined {
  let current = element;
  while (current && !isA(current, 'bpmn:Process')) current = current.$parent;
  return current;
}

export const nodesOf = (scope: ModdleElement): ModdleElement[] =>
  childrenOf(scope, 'flowElements').filter((element) => isA(element, 'bpmn:FlowNode'));

export const named = (element: ModdleElement | undefined): string => (element ? `"${idOf(element)}"` : 'nothing');
