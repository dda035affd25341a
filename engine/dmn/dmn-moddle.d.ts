/** dmn-moddle ships no types; only what is used of it. */
declare module 'dmn-moddle' {
  export class DmnModdle {
    constructor(packages?: Record<string, unknown>);
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string }[] }>;
  }
}
declare module 'dmn-moddle/resources/dmn/json/dmn13.json' {
  const dmn13: { types: { name: string; properties?: unknown[] }[] };
  export default dmn13;
}
