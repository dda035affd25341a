/** Nodes of the properties panel: Preact's, which React knows nothing of. */
export type Component = (props: never) => object;

/** An entry, or a group of them, as the panel takes it. */
export interface PanelEntry {
  id: string;
  component: Component;
  isEdited?(node: Node): boolean;
}

export interface PanelGroup {
  id: string;
  label: string;
  component?: Component;
}
