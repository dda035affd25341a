/** XPath's regular expressions in JavaScript's (XQuery and XPath Functions 3.1, 5.6), which DMN refers to. */
import { spend } from '../budget.ts';
import { type Pattern, patternOf } from '../pattern.ts';

/** What the escapes of XML Schema stand for; all may stand in a character class as well. */
const escapes: Record<string, string> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}',
  W: '\\p{P}\\p{Z}\\p{C}',
  s: ' \\t\\n\\r',
  i: '\\p{L}_:',
  c: '\\p{L}\\p{N}\\-._:·',
};
/** Those that can only be written as what they are not. */
const complements: Record<string, string> = { S: escapes['s']!, I: escapes['i']!, C: escapes['c']! };

/** Everything else after a backslash is JavaScript's alone, `\b` for instance. */
const known = /^[nrtpPdDwWsSiIcC\\|.?*+(){}\-[\]^$/1-9]$/;

const isSpace = (char: string): boolean => /\s/.test(char);

/** @returns undefined where it is none of XPath's patterns */
function translated(pattern: string, flags: string): string | undefined {
  const spaced = flags.includes('x');
  // What ends a line in XPath; RE2 and JavaScript have other ideas of it.
  const any = flags.includes('s') ? '.' : '[^\\n\\r]';
  // With the flag x blanks say nothing, except in character classes.
  let out = '';
  let depth = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (spaced && depth === 0 && isSpace(char)) continue;
    if (char === '\\') {
      at++;
      while (spaced && at < pattern.length && isSpace(pattern[at]!)) at++;
      const escaped = pattern[at];
      if (escaped === undefined || !known.test(escaped)) return undefined;
      out += written(escaped, depth > 0);
      continue;
    }
    // Neither groups with a name nor looking around are XPath's.
    if (depth === 0 && char === '(' && pattern[at + 1] === '?' && pattern[at + 2] !== ':') return undefined;
    if (char === '[') depth++;
    if (char === ']' && depth > 0) depth--;
    out += char === '.' && depth === 0 ? any : char;
  }
  return out.replace(/\\([pP])\{Is(\w+)\}/g, (whole, kind: string, block: string) => {
    if (block !== 'BasicLatin') return whole;
    return kind === 'p' ? '[\\x00-\\x7F]' : '[^\\x00-\\x7F]';
  });
}

function written(escaped: string, inClass: boolean): string {
  const classes = escapes[escaped];
  if (classes) return inClass ? classes : `[${classes}]`;
  const complement = complements[escaped];
  if (!complement) return `\\${escaped}`;
  return inClass ? `\\${escaped}` : `[^${complement}]`;
}

/** `[a-z-[aeiou]]` is `[[a-z]--[aeiou]]` with JavaScript's flag v. */
const subtraction = /\[((?:\\.|[^\]\\[])*)-\[/g;

/** @returns undefined where the pattern or the flags are none of XPath's */
export function regularExpression(pattern: string, flags: string): Pattern | undefined {
  if (!/^[smixq]*$/.test(flags)) return undefined;
  const literal = flags.includes('q');
  const source = literal ? pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : translated(pattern, flags);
  if (source === undefined) return undefined;
  const wanted = `g${[...new Set(flags.replace(/[xq]/g, ''))].join('')}`;
  const subtracted = literal ? source : source.replace(subtraction, '[[$1]--[');
  try {
    return patternOf(new RegExp(subtracted, (subtracted === source ? 'u' : 'v') + wanted));
  } catch (failure) {
    if (failure instanceof SyntaxError) return undefined;
    throw failure;
  }
}

type Part = string | number;

/** `$1` is a group, `\$` a dollar, `\\` a backslash; anything else after them is an error. */
function partsOf(replacement: string, groups: number): Part[] | undefined {
  const parts: Part[] = [];
  for (const [found] of replacement.matchAll(/\\.|\\$|\$\d+|[^\\$]+|\$/gs)) {
    if (found === '$' || (found.startsWith('\\') && found !== '\\\\' && found !== '\\$')) return undefined;
    if (found.startsWith('\\')) parts.push(found.slice(1));
    else if (found.startsWith('$')) {
      // As many digits as there is a group for; the rest is text.
      let digits = found.slice(1);
      while (digits.length > 1 && Number(digits) > groups) digits = digits.slice(0, -1);
      parts.push(Number(digits) > groups ? '' : Number(digits), found.slice(1 + digits.length));
    } else parts.push(found);
  }
  return parts;
}

/** @returns undefined where the pattern matches nothing at all, or the replacement is none of XPath's */
export function replaced(input: string, pattern: string, replacement: string, flags: string): string | undefined {
  const expression = regularExpression(pattern, flags);
  if (!expression || expression.test('')) return undefined;
  const parts = flags.includes('q') ? [replacement] : partsOf(replacement, expression.groupCount);
  if (!parts) return undefined;
  let made = '';
  let from = 0;
  for (const match of expression.all(input)) {
    made += input.slice(from, match.from);
    for (const part of parts) made += typeof part === 'string' ? part : (match.groups[part] ?? '');
    spend(1 + (match.to - match.from + replacement.length) / 16);
    from = match.to;
  }
  return made + input.slice(from);
}

export function splitBy(input: string, delimiter: string): string[] | undefined {
  const expression = regularExpression(delimiter, '');
  if (!expression) return undefined;
  const pieces: string[] = [];
  let begin = 0;
  for (const { from, to } of expression.all(input)) {
    if (from === to && (from === 0 || from >= input.length)) continue;
    pieces.push(input.slice(begin, from));
    begin = to;
  }
  return [...pieces, input.slice(begin)];
}
