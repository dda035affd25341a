/** Expressions: formal, in a supported language and of a suitable type (BPMN 2.0.2, 8.3.6 and 8.3.7). */
import { children, parse } from '../../feel/syntax.ts';
import { body, child, isA } from '../element.ts';
import { processOf, type Rule } from './rule.ts';

/** Whether an expression is a constant, and of which kind. */
export function checkConstant(source: string | undefined): 'boolean' | 'other' | undefined {
  if (source === undefined) return undefined;
  const [expression] = children(parse(source.replace(/^=/, '').trim()));
  if (expression?.name === 'BooleanLiteral') return 'boolean';
  return expression && ['NumericLiteral', 'StringLiteral', 'null'].includes(expression.name) ? 'other' : undefined;
}

const conditions: [type: string, property: string][] = [
  ['bpmn:SequenceFlow', 'conditionExpression'],
  ['bpmn:ConditionalEventDefinition', 'condition'],
  ['bpmn:AdHocSubProcess', 'completionCondition'],
  ['bpmn:MultiInstanceLoopCharacteristics', 'completionCondition'],
  ['bpmn:StandardLoopCharacteristics', 'loopCondition'],
];

/** What in a process is an expression. */
const expressions: [type: string, property: string][] = [
  ...conditions,
  ['bpmn:ComplexGateway', 'activationCondition'],
  ['bpmn:Assignment', 'from'],
  ['bpmn:Assignment', 'to'],
  ['bpmn:MultiInstanceLoopCharacteristics', 'loopCardinality'],
  ['bpmn:TimerEventDefinition', 'timeDate'],
  ['bpmn:TimerEventDefinition', 'timeDuration'],
  ['bpmn:TimerEventDefinition', 'timeCycle'],
];

/**
 * Without a type an expression is natural language (8.3.6). Modelers and people omit it where the meaning is clear:
 * dates, durations, numbers, and text with a leading `=`.
 */
const machineReadable = (property: string, source: string | undefined): boolean =>
  source === undefined || property.startsWith('time') || /^(=|-?\d+(\.\d+)?$|true$|false$)/.test(source);

export const expressionRules: Rule[] = [
  ...conditions.map(
    ([of, property]): Rule => ({
      code: 'condition-not-boolean',
      section: '8.3.6',
      of,
      hint: 'Write an expression that is true or false.',
      broken: (element) =>
        checkConstant(body(child(element, property))) === 'other'
          ? 'A condition is a constant that is neither true nor false.'
          : undefined,
    }),
  ),
  ...expressions.flatMap(([of, property]) =>
    ([undefined, 'warning'] as const).flatMap((severity) =>
      (of === 'bpmn:ConditionalEventDefinition' ? ['EXT012', 'EXT123'] : ['EXT012']).map(
        (constraint): Rule => ({
          code: severity ? 'expression-not-formal' : 'natural-language',
          constraint,
          section: '8.3.7',
          of,
          severity,
          hint: severity
            ? 'Write xsi:type="bpmn:tFormalExpression" at it; it is evaluated either way.'
            : 'Write xsi:type="bpmn:tFormalExpression" at it, and FEEL in it.',
          broken: (element) => {
            const expression = child(element, property);
            const executable = processOf(element)?.get?.('isExecutable') === true;
            if (!expression || !executable || isA(expression, 'bpmn:FormalExpression')) return undefined;
            return machineReadable(property, body(expression)) === (severity !== undefined)
              ? 'In an executable process an expression must be formal.'
              : undefined;
          },
        }),
      ),
    ),
  ),
  {
    code: 'empty-expression',
    constraint: 'EXT013',
    section: 'table 8.30',
    of: 'bpmn:FormalExpression',
    hint: 'Write the expression, or remove it.',
    broken: (expression) => (body(expression) ? undefined : 'A formal expression is empty.'),
  },
];
