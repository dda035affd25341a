/** JSON that can be stored everywhere a request leads to: valid Unicode, permitted member names, limited depth. */
import type { FieldError } from './problem.ts';

/** MongoDB allows 100 levels; request data is stored some levels deep. */
export const maxLevels = 64;

/** Whether JSON text (UTF-8) is nested deeper than that. */
export function isTooDeep(text: Uint8Array): boolean {
  let level = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at];
    if (inText) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (byte === openBrace || byte === openBracket) {
      level += 1;
      if (level > maxLevels) return true;
    } else if (byte === closeBrace || byte === closeBracket) level -= 1;
  }
  return false;
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [...'"\\{}[]'].map((one) =>
  one.charCodeAt(0),
);

/** @returns the first value that cannot be stored, with its path */
export function unstorable(value: unknown, path: string): FieldError | undefined {
  return look(value, path, 0);
}

function look(value: unknown, path: string, level: number): FieldError | undefined {
  if (typeof value === 'string') return ofText(value, path);
  if (typeof value !== 'object' || value === null) return undefined;
  if (level >= maxLevels)
    return { path, code: 'too_deep', message: `The value is nested deeper than ${maxLevels} levels.` };
  for (const [name, inner] of Object.entries(value)) {
    const wrong = ofName(name, path) ?? look(inner, `${path}.${name}`, level + 1);
    if (wrong) return wrong;
  }
  return undefined;
}

function ofName(name: string, path: string): FieldError | undefined {
  if (name === '__proto__')
    return { path: `${path}.${name}`, code: 'bad_name', message: 'No field may have this name.' };
  return ofText(name, path);
}

function ofText(text: string, path: string): FieldError | undefined {
  if (text.includes('\0')) return { path, code: 'bad_text', message: 'Text must not contain the character U+0000.' };
  if (/\p{Surrogate}/u.test(text))
    return { path, code: 'bad_text', message: 'Text must be valid Unicode: it contains an unpaired surrogate.' };
  return undefined;
}
