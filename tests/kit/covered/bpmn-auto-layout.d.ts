/** The package brings no types. */
declare module 'bpmn-auto-layout' {
  /** @returns the same BPMN with a diagram */
  export function layoutProcess(xml: string): Promise<string>;
}
