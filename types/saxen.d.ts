/** saxen ships no types for what is used of it here. */
declare module 'saxen' {
  type Decode = (text: string) => string;
  export class Parser {
    on(
      event: 'openTag',
      handler: (name: string, attributes: () => Record<string, string>, decode: Decode, isEmpty: boolean) => void,
    ): this;
    on(event: 'closeTag', handler: (name: string, decode: Decode, isEmpty: boolean) => void): this;
    on(event: 'text' | 'attention', handler: (text: string, decode: Decode) => void): this;
    on(event: 'cdata', handler: (text: string) => void): this;
    /** @throws Error for what is no XML */
    parse(xml: string): void;
    stop(): void;
  }
}
