/** Changes of extension elements as steps that can be undone. */
import {
  type BpmnFactory,
  type BusinessObject,
  type DiagramElement,
  extensionsOf,
  listOf,
  type Modeling,
} from './model.ts';

export interface Edits {
  modeling: Modeling;
  bpmnFactory: BpmnFactory;
}

export function addExtension(
  { modeling, bpmnFactory }: Edits,
  element: DiagramElement,
  owner: BusinessObject,
  type: string,
  properties: object,
): void {
  const added = bpmnFactory.create(type, properties);
  const existing = owner.get('extensionElements') as BusinessObject | undefined;
  if (existing) {
    added.$parent = existing;
    modeling.updateModdleProperties(element, existing, { values: [...listOf(existing, 'values'), added] });
    return;
  }
  const extensionElements = bpmnFactory.create('bpmn:ExtensionElements', { values: [added] });
  added.$parent = extensionElements;
  extensionElements.$parent = owner;
  modeling.updateModdleProperties(element, owner, { extensionElements });
}

export function removeExtension(
  { modeling }: Edits,
  element: DiagramElement,
  owner: BusinessObject,
  removed: BusinessObject,
): void {
  const existing = owner.get('extensionElements') as BusinessObject;
  const values = extensionsOf(owner).filter((one) => one !== removed);
  if (values.length > 0) modeling.updateModdleProperties(element, existing, { values });
  else modeling.updateModdleProperties(element, owner, { extensionElements: undefined });
}
