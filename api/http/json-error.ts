/** Position of a JSON syntax error and what was expected there; messages of `JSON.parse` often give neither. */

export interface JsonError {
  /** 1-based. */
  line: number;
  column: number;
  expected: string;
}

const space = /[\t\n\r ]*/y;
const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const string = /"(?:[^"\\\p{Cc}]+|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const colon = /:/y;
const comma = /,/y;
const open = { object: /\{/y, list: /\[/y };
const close = { object: /\}/y, list: /\]/y };

/** @returns undefined for valid JSON */
export function findJsonError(text: string): JsonError | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    space.lastIndex = at;
    at += space.exec(text)?.[0].length ?? 0;
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found !== undefined;
  };
  const wrong = (expected: string): JsonError => {
    const before = text.slice(0, at).split('\n');
    return { line: before.length, column: (before.at(-1) ?? '').length + 1, expected };
  };
  const inside: ('object' | 'list')[] = [];
  /** Just after an opening brace or bracket, where a closing one is allowed. */
  let fresh = false;
  for (;;) {
    const container = inside.at(-1);
    if (fresh && container && take(close[container])) inside.pop();
    else {
      if (container === 'object') {
        if (!take(string)) return wrong(fresh ? 'a name in double quotes or "}"' : 'a name in double quotes');
        if (!take(colon)) return wrong('a colon after the name');
      }
      fresh = true;
      if (take(open.object)) {
        inside.push('object');
        continue;
      }
      if (take(open.list)) {
        inside.push('list');
        continue;
      }
      if (!take(string) && !take(scalar))
        return wrong('a value: text in double quotes, a number, true, false, null, { or [');
    }
    fresh = false;
    for (let around = inside.at(-1); around !== undefined && !take(comma); around = inside.at(-1)) {
      if (!take(close[around])) return wrong(around === 'object' ? 'a comma or "}"' : 'a comma or "]"');
      inside.pop();
    }
    if (inside.length === 0) return take(/$/y) ? undefined : wrong('the end of the body');
  }
}
