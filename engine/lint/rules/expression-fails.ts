/** Expressions that parse and yet fail, or give null, whatever the instance holds. */
import { isA } from '../../compile/element.ts';
import { constantOf } from '../../feel/constant-expressions.ts';
import { quoted } from '../../feel/excerpt.ts';
import { called, type Finding, type LintRule } from '../rule.ts';
import { sourcesOf } from '../sources.ts';

export const expressionFails: LintRule = {
  code: 'expression-fails',
  severity: 'warning',
  hint: 'Correct the FEEL expression.',
  of: 'bpmn:FlowElement',
  find(node) {
    if (!isA(node, 'bpmn:FlowNode') && !isA(node, 'bpmn:SequenceFlow')) return [];
    return sourcesOf(node).flatMap(({ what, source, nullable }): Finding[] => {
      const found = constantOf(source);
      if (!found) return [];
      if (!found.ok)
        return [{ message: `${what} of ${called(node)}: ${quoted(source)} fails whatever holds: ${found.message}` }];
      return found.value === null && !nullable
        ? [{ message: `${what} of ${called(node)}: ${quoted(source)} is null whatever holds.` }]
        : [];
    });
  },
};
