/** Formats of attributes: mime types, URIs, languages, dates and durations (BPMN 2.0.2, 8.3). */
import { checkCycle } from '../../time/cycle.ts';
import { addDuration } from '../../time/duration.ts';
import { TimeError } from '../../time/error.ts';
import { instantMs } from '../../time/zone.ts';
import { body, child, text } from '../element.ts';
import type { Rule } from './rule.ts';

const mimeType = /^[\w.+-]+\/[\w.+*-]+(\s*;.*)?$/;
/** RFC 3986 leaves few texts out: broken percent signs, spaces and some signs. */
const noUri = /%(?![0-9a-f]{2})|[\s<>"{}|\\^`]/i;

function mimeRule(constraint: string, of: string, property: string): Rule {
  return {
    code: 'bad-mime-type',
    constraint,
    section: '8.4.1, 8.3.1',
    of,
    hint: 'Give a mime type, for instance text/plain.',
    broken: (element) => {
      const given = text(element, property);
      return given === undefined || mimeType.test(given) ? undefined : `"${given}" is no mime type.`;
    },
  };
}

/** Values that are named in the schema and change what happens. */
const choices: [of: string, property: string, values: string[]][] = [
  ['bpmn:AdHocSubProcess', 'ordering', ['Parallel', 'Sequential']],
  ['bpmn:EventBasedGateway', 'eventGatewayType', ['Exclusive', 'Parallel']],
  ['bpmn:MultiInstanceLoopCharacteristics', 'behavior', ['None', 'One', 'All', 'Complex']],
  ['bpmn:Gateway', 'gatewayDirection', ['Unspecified', 'Converging', 'Diverging', 'Mixed']],
];

/** Values that are named in the schema and change nothing here. */
const shown: [of: string, property: string, values: string[]][] = [
  ['bpmn:Process', 'processType', ['None', 'Public', 'Private']],
  ['bpmn:Association', 'associationDirection', ['None', 'One', 'Both']],
  ['bpmn:ItemDefinition', 'itemKind', ['Physical', 'Information']],
  ['bpmn:Relationship', 'direction', ['None', 'Forward', 'Backward', 'Both']],
  ['bpmn:ChoreographyActivity', 'loopType', ['None', 'Standard', 'MultiInstanceSequential', 'MultiInstanceParallel']],
];

function timerRule(constraint: string, property: string, what: string, check: (source: string) => void): Rule {
  return {
    code: 'bad-timer',
    constraint,
    section: 'table 10.101',
    of: 'bpmn:TimerEventDefinition',
    hint: `Write ${what} in ISO 8601, or a FEEL expression with a leading =.`,
    broken: (definition) => {
      const source = body(child(definition, property));
      if (source === undefined || source.startsWith('=')) return undefined;
      try {
        check(source);
        return undefined;
      } catch (error) {
        if (/^[$#]\{.*\}$/s.test(source))
          return `"${source}" is an expression of another language; FEEL writes "=${source.slice(2, -1)}".`;
        return error instanceof TimeError ? error.message : `"${source}" is not ${what}.`;
      }
    },
  };
}

export const formatRules: Rule[] = [
  ...[...choices, ...shown].map(
    ([of, property, values]): Rule => ({
      code: 'unknown-value',
      section: '8.4, 10.2, 10.3, 10.6',
      of,
      ...(shown.some(([type, name]) => type === of && name === property) && { severity: 'warning' }),
      hint: `Write one of ${values.join(', ')}.`,
      broken: (element) => {
        const given = text(element, property);
        return given === undefined || values.includes(given) ? undefined : `"${given}" is no value of ${property}.`;
      },
    }),
  ),
  mimeRule('EXT004', 'bpmn:Documentation', 'textFormat'),
  mimeRule('EXT010', 'bpmn:TextAnnotation', 'textFormat'),
  {
    ...mimeRule('EXT145', 'bpmn:ScriptTask', 'scriptFormat'),
    // What Zeebe and Camunda write there (`feel`, `groovy`) names a language although it is no mime type.
    broken: (task) => {
      const format = text(task, 'scriptFormat');
      return format === undefined || mimeType.test(format) || /^[a-z][a-z0-9.+#-]*$/.test(format)
        ? undefined
        : `"${format}" is no mime type.`;
    },
  },
  {
    code: 'no-script-format',
    constraint: 'EXT053',
    section: 'table 10.12',
    of: 'bpmn:ScriptTask',
    severity: 'warning',
    hint: 'Name the mime type of the script (scriptFormat).',
    broken: (task) =>
      text(task, 'script') && !text(task, 'scriptFormat')
        ? 'It does not say in which language its script is.'
        : undefined,
  },
  {
    code: 'bad-uri',
    constraint: 'EXT014',
    section: 'table 8.16',
    of: 'bpmn:FormalExpression',
    hint: 'Leave the language out: expressions are FEEL.',
    broken: (expression) => {
      const language = text(expression, 'language');
      return language !== undefined && noUri.test(language) ? `"${language}" is no URI of a language.` : undefined;
    },
  },
  {
    code: 'unsupported-language',
    section: 'table 8.16',
    of: 'bpmn:FormalExpression',
    hint: 'Write the expression in FEEL.',
    broken: (expression) => {
      const language = text(expression, 'language');
      return language !== undefined && !noUri.test(language) && !/feel/i.test(language)
        ? `Expressions in "${language}" are not evaluated here.`
        : undefined;
    },
  },
  {
    code: 'bad-uri',
    constraint: 'EXT060',
    section: 'table 10.24',
    of: 'bpmn:Transaction',
    hint: 'Leave the method out, or name one of the standard (##Compensate).',
    broken: (transaction) => {
      const method = text(transaction, 'method');
      return method !== undefined && noUri.test(method) ? `"${method}" is no URI of a transaction method.` : undefined;
    },
  },
  timerRule('EXT132', 'timeDate', 'a date and time', (source) => {
    instantMs(source, 'UTC');
  }),
  timerRule('EXT134', 'timeDuration', 'a duration', (source) => {
    addDuration('2026-01-01T00:00:00.000Z', source, 'UTC');
  }),
  timerRule('EXT133', 'timeCycle', 'a repeating interval or cron', (source) => checkCycle(source, 'UTC')),
  {
    code: 'timer-ambiguous',
    constraint: 'EXT131',
    section: 'table 10.101',
    of: 'bpmn:TimerEventDefinition',
    hint: 'Give exactly one of date, duration and cycle.',
    broken: (definition) =>
      ['timeDate', 'timeDuration', 'timeCycle'].filter((property) => child(definition, property)).length > 1
        ? 'The timer has more than one of date, duration and cycle.'
        : undefined,
  },
];
