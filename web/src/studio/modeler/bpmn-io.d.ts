/** What the studio uses of packages that bring no types. */
type BpmnModule = import('didi').ModuleDeclaration;

declare module 'bpmn-js-properties-panel' {
  export const BpmnPropertiesPanelModule: BpmnModule;
  export const BpmnPropertiesProviderModule: BpmnModule;
  export const ZeebePropertiesProviderModule: BpmnModule;
  export function useService(name: string): unknown;
}

declare module '@bpmn-io/properties-panel' {
  type Component = import('./panel-nodes.ts').Component;
  export const CheckboxEntry: Component;
  export const CollapsibleEntry: Component;
  export const Group: Component;
  export const ListEntry: Component;
  export const ListGroup: Component;
  export const SelectEntry: Component;
  export const TextFieldEntry: Component;
  export function isCheckboxEntryEdited(node: Node): boolean;
  export function isSelectEntryEdited(node: Node): boolean;
  export function isTextFieldEntryEdited(node: Node): boolean;
}

/** The panel brings a Preact of its own: nodes of another one it cannot show. */
declare module '@bpmn-io/properties-panel/preact/jsx-runtime' {
  export function jsx(component: import('./panel-nodes.ts').Component, props: object, key?: string): object;
}

declare module 'bpmn-js-create-append-anything' {
  export const CreateAppendAnythingModule: BpmnModule;
}

declare module 'camunda-bpmn-js-behaviors/lib/camunda-cloud' {
  const module: BpmnModule;
  export default module;
}

declare module 'bpmn-js-i18n/translations/zn.js' {
  const terms: Record<string, string>;
  export default terms;
}

declare module 'diagram-js-minimap' {
  const module: BpmnModule;
  export default module;
}

declare module 'bpmn-js-differ' {
  export function diff(before: object, after: object): unknown;
}
