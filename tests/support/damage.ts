/** XML damaged at random: values swapped, elements gone, repeated or of another kind, text cut. */
import fc from 'fast-check';

/** So many times the usual runs: `CARELOOP_FUZZ=50 CARELOOP_SEED=random`. */
export const times = Number(process.env['CARELOOP_FUZZ'] ?? 1);

const words = [
  '',
  '=',
  'null',
  '-1',
  '9'.repeat(400),
  '=1/0',
  '__proto__',
  'constructor',
  'A',
  'X',
  'J',
  'P',
  '=x[',
  'R-1/PT0S',
  '\u0000',
  '𝄞',
];

/** Ways to damage a text, told by two numbers and a word. */
const ways: ((xml: string, at: number, other: number, word: string) => string)[] = [
  // An attribute gets another value.
  (xml, at, _, word) => nth(xml, /="[^"]*"/g, at, () => `="${word.replace(/[<&"]/g, '')}"`),
  // Two attributes swap their values: references lead elsewhere, ids stand twice, loops close.
  (xml, at, other) => {
    const values = [...xml.matchAll(/="([^"]*)"/g)];
    const [a, b] = [values[at % values.length]?.[1] ?? '', values[other % values.length]?.[1] ?? ''];
    return nth(
      nth(xml, /="[^"]*"/g, at, () => `="${b}"`),
      /="[^"]*"/g,
      other,
      () => `="${a}"`,
    );
  },
  // An attribute goes.
  (xml, at) => nth(xml, /\s[\w:]+="[^"]*"/g, at, () => ''),
  // An element without content goes, or is repeated.
  (xml, at, other) => nth(xml, /<[^/?!][^<>]*\/>/g, at, (found) => (other % 2 === 0 ? '' : found + found)),
  // An element is of another kind.
  (xml, at, other) => {
    const kinds = [...new Set([...xml.matchAll(/<\/?([\w:]+)/g)].map((found) => found[1] ?? ''))];
    const [from, to] = [kinds[at % kinds.length] ?? '', kinds[other % kinds.length] ?? ''];
    return xml.replaceAll(new RegExp(`(</?)${from}(?=[\\s/>])`, 'g'), `$1${to}`);
  },
  // A text between tags becomes another.
  (xml, at, _, word) => nth(xml, />[^<>]+</g, at, () => `>${word.replace(/[<&]/g, '')}<`),
  // Cut out, cut off, put elsewhere.
  (xml, at, other) => xml.slice(0, at % xml.length) + xml.slice((at % xml.length) + (other % 200)),
  (xml, at) => xml.slice(0, at % xml.length),
];

function nth(xml: string, pattern: RegExp, at: number, change: (found: string) => string): string {
  const found = [...xml.matchAll(pattern)];
  const one = found[at % found.length];
  return one ? xml.slice(0, one.index) + change(one[0]) + xml.slice(one.index + one[0].length) : xml;
}

const damage = fc.record({
  how: fc.nat(ways.length - 1),
  at: fc.nat(1_000_000),
  other: fc.nat(1_000_000),
  word: fc.constantFrom(...words),
});

type Damage = typeof damage extends fc.Arbitrary<infer One> ? One : never;

export const damages: fc.Arbitrary<Damage[]> = fc.array(damage, { minLength: 1, maxLength: 4 });

export const damaged = (xml: string, many: readonly Damage[]): string =>
  many.reduce((text, { how, at, other, word }) => ways[how]?.(text, at, other, word) ?? text, xml);
