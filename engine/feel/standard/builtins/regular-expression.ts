/** XPath's regular expressions in JavaScript's (XQuery and XPath Functions 3.1, 5.6), which DMN refers to. */

/** Character classes of XML Schema that JavaScript does not have. */
const classes: Record<string, string> = {
  i: '\\p{L}_:',
  c: '\\p{L}\\p{N}\\-._:·',
};

/** Blanks and comments of the flag `x` are left out, except in character classes. */
function withoutSpaces(pattern: string): string {
  let out = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '\\') {
      out += char + (pattern[++at] ?? '');
      continue;
    }
    if (char === '[') inClass = true;
    if (char === ']') inClass = false;
    if (inClass || !/\s/.test(char)) out += char;
  }
  return out;
}

/** `[a-z-[aeiou]]` is `[a-z--[aeiou]]` with JavaScript's flag v. */
const subtracting = (pattern: string): string => pattern.replace(/(\[[^\]\\[]*(?:\\.[^\]\\[]*)*)-\[/g, '$1--[');

function translated(pattern: string): string {
  return pattern
    .replace(/\\(.)/gs, (whole, char: string) => {
      if (classes[char]) return `[${classes[char]}]`;
      if (classes[char.toLowerCase()] && char !== char.toLowerCase()) return `[^${classes[char.toLowerCase()]}]`;
      return whole;
    })
    .replace(/\\p\{Is(\w+)\}/g, (whole, block: string) => (block === 'BasicLatin' ? '[\\u0000-\\u007F]' : whole))
    .replace(/\\P\{Is(\w+)\}/g, (whole, block: string) => (block === 'BasicLatin' ? '[^\\u0000-\\u007F]' : whole));
}

/** @returns undefined where the pattern or the flags are none of XPath's */
export function regularExpression(pattern: string, flags: string, own: string): RegExp | undefined {
  if (!/^[smixq]*$/.test(flags)) return undefined;
  const literal = flags.includes('q');
  let source = literal ? pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : pattern;
  if (!literal) {
    // Neither groups with a name nor looking around are XPath's.
    if (/\(\?(?!:)/.test(source.replace(/\\./g, ''))) return undefined;
    if (flags.includes('x')) source = withoutSpaces(source);
    source = translated(source);
  }
  const kept = [...new Set(flags.replace(/[xq]/g, ''))].join('');
  const wanted = own + kept;
  try {
    if (/\[[^\]]*-\[/.test(source)) return new RegExp(subtracting(source), `v${wanted}`);
    return new RegExp(source, `u${wanted}`);
  } catch {
    return undefined;
  }
}

/** `$1` is a group, `\$` a dollar, `\\` a backslash; anything else after them is an error. */
export function replacementOf(replacement: string, flags: string): string | undefined {
  if (flags.includes('q')) return replacement.replace(/\$/g, '$$$$');
  if (/(^|[^\\])(\\\\)*\\([^\\$]|$)/.test(replacement) || /(^|[^\\])(\\\\)*\$(?!\d)/.test(replacement))
    return undefined;
  return replacement.replace(/\\\$|\\\\|\$0/g, (found) => (found === '\\$' ? '$$' : found === '$0' ? '$&' : '\\'));
}
