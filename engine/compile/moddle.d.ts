/** bpmn-moddle ships the types of its elements, not of its reader. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>);
    fromXML(xml: string): Promise<{
      rootElement: unknown;
      references: { element: unknown; property: string; id: string }[];
      warnings: { message: string; element?: unknown; property?: string; value?: string; error?: Error }[];
      elementsById: Record<string, unknown>;
    }>;
    toXML(root: unknown, options?: { format?: boolean }): Promise<{ xml: string }>;
  }
}
