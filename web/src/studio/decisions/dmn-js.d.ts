/** What the studio uses of dmn-js, which brings no types. */
interface DmnView {
  id: string;
  name?: string;
  type: 'drd' | 'decisionTable' | 'literalExpression' | 'boxedExpression';
}

declare module 'dmn-js/lib/Modeler' {
  export default class DmnModeler {
    constructor(options: { container: HTMLElement; common: { additionalModules: BpmnModule[] } });
    importXML(xml: string): Promise<unknown>;
    saveXML(options: { format: boolean }): Promise<{ xml: string }>;
    getViews(): DmnView[];
    getActiveViewer(): { on(name: string, listener: () => void): void } | undefined;
    open(view: DmnView): Promise<unknown>;
    on(name: string, listener: () => void): void;
    destroy(): void;
  }
}
