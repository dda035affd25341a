/**
 * Operators of other languages that the grammar of FEEL reads all the same: `a == 1` is "a equals the test `= 1`", which is never so
 * (DMN 1.5, 10.3.1.2: a simple positive unary test is an expression too).
 */
import { children, type FeelNode, parse } from './syntax.ts';

const meant: Record<string, string> = { '==': '=', '===': '=', '!==': '!=', '=>': '>=', '=<': '<=', '<>': '!=' };

export interface MisspeltOperator {
  written: string;
  /** What FEEL has instead. */
  meant: string;
  /** Offset in the source. */
  from: number;
}

export const operatorMessage = ({ written, meant: instead }: MisspeltOperator): string =>
  `FEEL has no operator "${written}": write "${instead}".`;

/** @returns the first such operator */
export function misspeltOperator(source: string): MisspeltOperator | undefined {
  if (!/[=!<>]\s*[=<>]/.test(source)) return undefined;
  return search(parse(source), source);
}

function search(node: FeelNode, source: string): MisspeltOperator | undefined {
  const parts = children(node);
  for (const [index, part] of parts.entries()) {
    if (part.name === 'CompareOp') {
      const test = parts[index + 1];
      const second = test?.name === 'SimplePositiveUnaryTest' ? children(test)[0] : undefined;
      if (second?.name === 'CompareOp') {
        const written = (/^[=!<>\s]+/.exec(source.slice(part.from))?.[0] ?? '').replace(/\s/g, '');
        return { written, meant: meant[written] ?? '=', from: part.from };
      }
    }
    const inside = search(part, source);
    if (inside) return inside;
  }
  return undefined;
}
