/** Declarations for packages that ship no types; only what Careloop uses of them. */

/** Without it Temporal's `Duration` is `any` (its `StringValue` comes from here). */
declare module 'ms' {
  export type StringValue = `${number}${'' | ' '}${string}`;
  export default function ms(value: StringValue): number;
}

/** Draws a diagram where a definition has none. */
declare module 'bpmn-auto-layout' {
  /** @returns the same BPMN with a diagram */
  export function layoutProcess(xml: string): Promise<string>;
}
