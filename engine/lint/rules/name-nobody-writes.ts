/**
 * An expression reads a name that nothing in the drawing writes. It may come with the start, from a job or a message, so this is said only
 * where it is all but a name that the drawing does write: then it is most probably a slip of the pen.
 */
import { isA } from '../../compile/element.ts';
import { analyse } from '../../feel/analyse.ts';
import { checkExpression } from '../../feel/check.ts';
import { positionIn } from '../../feel/syntax.ts';
import { called, type Finding, type LintRule } from '../rule.ts';
import { sourcesOf } from '../sources.ts';
import { writtenIn } from '../written-variables.ts';

const shortest = 5;

/** Letters in another case, one too many, one missing, one other, or two in the wrong order. */
export function isSlip(read: string, written: string): boolean {
  if (read === written || Math.min(read.length, written.length) < shortest) return false;
  if (read.toLowerCase() === written.toLowerCase()) return true;
  // `order` and `orders`, `plan1` and `plan2` are names of their own.
  if (/s$/.test(read) !== /s$/.test(written) || /\d/.test(read + written)) return false;
  const [short, long] = read.length < written.length ? [read, written] : [written, read];
  if (long.length - short.length > 1) return false;
  let i = 0;
  while (i < short.length && short[i] === long[i]) i++;
  if (short.length < long.length) return short.slice(i) === long.slice(i + 1);
  if (short.slice(i + 1) === long.slice(i + 1)) return true;
  return short[i] === long[i + 1] && short[i + 1] === long[i] && short.slice(i + 2) === long.slice(i + 2);
}

export const nameNobodyWrites: LintRule = {
  code: 'name-nobody-writes',
  severity: 'warning',
  hint: 'Correct the name, unless it comes from outside: with the start, from a job or with a message.',
  of: 'bpmn:FlowElement',
  find(node, scene) {
    if (!isA(node, 'bpmn:FlowNode') && !isA(node, 'bpmn:SequenceFlow')) return [];
    const written = writtenIn(scene);
    return sourcesOf(node).flatMap(({ what, source, results }): Finding[] => {
      if (results) return [];
      const { freeVariables, problem } = checkExpression(source);
      if (problem) return [];
      const { reads } = analyse(source);
      return freeVariables.flatMap((name) => {
        if (written.has(name)) return [];
        const meant = [...written].find((one) => isSlip(name, one));
        if (meant === undefined) return [];
        const from = reads.find((read) => read.name === name)?.from ?? 0;
        const message = `${what} of ${called(node)} reads "${name}", which nothing here writes; "${meant}" is written.`;
        return [{ message, position: positionIn(source, from) }];
      });
    });
  },
};
