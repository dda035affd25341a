/**
 * Regular expressions whose time grows with the text and no faster. RE2's automaton runs all that it can express; what it cannot (references
 * back, looking around, classes taken from classes) runs in the language's own engine where its worst is bounded, and is refused elsewhere.
 * What is charged is the budget of the evaluation (budget.ts).
 */
import { RE2JS } from 're2js';
import { spend } from './budget.ts';
import { FeelLimit } from './failure.ts';

export interface Match {
  from: number;
  to: number;
  /** The match, then its groups. */
  groups: (string | undefined)[];
}

export interface Pattern {
  groupCount: number;
  /** @throws FeelLimit */
  test(text: string): boolean;
  /** One after the other. @throws FeelLimit */
  all(text: string): Match[];
}

const flagBits: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/** Compiled once, as the expressions and forms that contain a pattern are used many times. The cached values are immutable. */
const made = new Map<string, Pattern>();
const maxMade = 200;

/** @param native valid, as the language's own engine would run it, with the flag g */
export function patternOf(native: RegExp, source = native.source): Pattern {
  const key = `${native.flags}/${source}`;
  const known = made.get(key);
  if (known) return known;
  if (made.size >= maxMade) made.clear();
  const pattern = linear(native, source) ?? bounded(native);
  made.set(key, pattern);
  return pattern;
}

function linear(native: RegExp, source: string): Pattern | undefined {
  if (native.flags.includes('v')) return undefined;
  const flags = Array.from(native.flags).reduce((bits, flag) => bits | (flagBits[flag] ?? 0), 0);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(source, flags);
  } catch {
    return undefined;
  }
  const groupCount = compiled.groupCount();
  const weight = compiled.programSize() / 64;
  const matcherOf = (text: string) => {
    spend((1 + text.length) * weight);
    return compiled.matcher(text);
  };
  return {
    groupCount,
    test: (text) => matcherOf(text).find(),
    all(text) {
      const matches: Match[] = [];
      for (const matcher = matcherOf(text); matcher.find(); ) {
        spend(1 + groupCount);
        const groups = Array.from({ length: groupCount + 1 }, (_, at) => matcher.group(at) ?? undefined);
        matches.push({ from: matcher.start(), to: matcher.end(), groups });
      }
      return matches;
    },
  };
}

/** Ways to try for one text, at most; the language's own engine tries many millions in a second. */
const maxWays = 10_000_000;

function bounded(native: RegExp): Pattern {
  const choices = choicesIn(native.source);
  const groupCount = new RegExp(`${native.source}|`, native.flags).exec('')!.length - 1;
  const allow = (text: string): void => {
    const ways = (text.length + 1) ** (choices + 1);
    if (!(ways <= maxWays)) throw new FeelLimit(`The pattern "${native.source}" can take too long over this text`);
    spend(1 + ways / 100);
  };
  return {
    groupCount,
    test(text) {
      allow(text);
      return new RegExp(native.source, native.flags.replace('g', '')).test(text);
    },
    all(text) {
      allow(text);
      return Array.from(text.matchAll(native), (found) => ({
        from: found.index,
        to: found.index + found[0].length,
        groups: [...found],
      }));
    },
  };
}

/**
 * How many parts of a pattern may each match any length of the text; infinite where such parts, or alternatives, are repeated themselves:
 * the ways to try then double with each character.
 */
function choicesIn(source: string): number {
  let count = 0;
  /** Of each open group: whether something in it can be matched in several ways. */
  const open: boolean[] = [];
  let closed = false;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at]!;
    const several = closed;
    closed = false;
    if (sign === '\\') at++;
    else if (sign === '[') at = endOfClass(source, at);
    else if (sign === '(') open.push(false);
    else if (sign === ')') {
      closed = open.pop() ?? false;
      if (closed && open.length > 0) open[open.length - 1] = true;
    } else if (sign === '|' && open.length > 0) {
      count++;
      open[open.length - 1] = true;
    } else if (/[*+?{]/.test(sign) && source[at - 1] !== '(') {
      if (several) return Number.POSITIVE_INFINITY;
      if (sign === '?' && /[*+?}]/.test(source[at - 1] ?? '')) continue;
      count++;
      if (open.length > 0) open[open.length - 1] = true;
    }
  }
  return count;
}

/** Classes may lie in classes with the flag v. */
function endOfClass(source: string, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; at++) {
    if (source[at] === '\\') at++;
    else if (source[at] === '[') depth++;
    else if (source[at] === ']' && --depth <= 0) return at;
  }
  return source.length;
}

/** Whether it can be refused without a text: no text of some length would be allowed. */
export const isTooCostly = (native: RegExp, source = native.source): boolean =>
  linear(native, source) === undefined && choicesIn(native.source) === Number.POSITIVE_INFINITY;
