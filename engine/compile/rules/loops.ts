/** Loop markers: count, collection, and events thrown meanwhile (BPMN 2.0.2, 10.3.8, tables 10.28 to 10.30). */
import { body, child, childrenOf, flag, isA, type ModdleElement, number, text } from '../element.ts';
import { dataHint, itemOf } from './data.ts';
import { canSee } from './data-scope.ts';
import { checkConstant } from './expressions.ts';
import { named, type Rule } from './rule.ts';

const multi = 'bpmn:MultiInstanceLoopCharacteristics';

const isSubProcess = (activity: ModdleElement): boolean => isA(activity, 'bpmn:SubProcess');

/** The data object behind a reference to it. */
const collection = (data: ModdleElement): ModdleElement => child(data, 'dataObjectRef') ?? data;

function loopItem(constraint: string, collectionRef: string, itemProperty: string): Rule {
  return {
    code: 'loop-data',
    constraint,
    section: 'table 10.29',
    of: multi,
    hint: dataHint,
    broken: (loop) => {
      const [whole, item] = [child(loop, collectionRef), child(loop, itemProperty)];
      const [all, single] = [whole && itemOf(collection(whole)), item && itemOf(item)];
      if (!all || !single) return undefined;
      if (flag(single, 'isCollection')) return 'The item of a loop is itself a collection.';
      return text(all, 'structureRef') === text(single, 'structureRef')
        ? undefined
        : 'The item of a loop is of another type than its collection.';
    },
  };
}

/** References used by each behavior. */
const behaviors: [property: string, behavior: string, what: string][] = [
  ['oneBehaviorEventRef', 'One', 'The event for the first instance'],
  ['noneBehaviorEventRef', 'None', 'The event for each instance'],
  ['complexBehaviorDefinition', 'Complex', 'A complex behavior'],
];

const stands = (loop: ModdleElement, property: string): boolean =>
  child(loop, property) !== undefined || childrenOf(loop, property).length > 0;

export const loopRules: Rule[] = [
  {
    code: 'loop-maximum',
    section: 'table 10.28',
    of: 'bpmn:StandardLoopCharacteristics',
    hint: 'Give a whole number, 0 or more. A maximum that differs between instances belongs in the loop condition.',
    broken: (loop) => {
      const maximum = number(loop, 'loopMaximum') ?? 0;
      if (Number.isNaN(maximum)) return 'The loop maximum is no whole number.';
      return maximum < 0 ? 'The loop maximum is negative.' : undefined;
    },
  },
  {
    code: 'loop-cardinality',
    constraint: 'EXT066',
    section: 'table 10.29',
    of: multi,
    hint: 'Give a whole number, 0 or more.',
    broken: (loop) => {
      const source = body(child(loop, 'loopCardinality'))?.replace(/^=/, '').trim();
      if (source === undefined) return undefined;
      if (/^-\s*\d+$/.test(source)) return 'The loop cardinality is negative.';
      const constant = checkConstant(source);
      return constant === 'boolean' || (constant === 'other' && !/^\d+$/.test(source))
        ? 'The loop cardinality is no whole number.'
        : undefined;
    },
  },
  loopItem('EXT069', 'loopDataOutputRef', 'outputDataItem'),
  loopItem('EXT070', 'loopDataInputRef', 'inputDataItem'),
  ...(
    [
      ['loop-data-input', 'loopDataInputRef', 'dataInputs', 'It loops over what is no data input of the task.'],
      ['loop-data-output', 'loopDataOutputRef', 'dataOutputs', 'It collects into what is no data output of the task.'],
    ] as const
  ).map(
    ([code, property, list, sentence]): Rule => ({
      code,
      constraint: 'EXT068',
      section: 'table 10.29',
      of: multi,
      hint: `Let ${property} name data of the task.`,
      broken: (loop) => {
        const [data, activity] = [child(loop, property), loop.$parent];
        if (!data || !activity || isSubProcess(activity)) return undefined;
        const io = child(activity, 'ioSpecification');
        return io && childrenOf(io, list).includes(data) ? undefined : sentence;
      },
    }),
  ),
  {
    code: 'loop-data-out-of-scope',
    section: 'table 10.29',
    of: multi,
    hint: 'Let a subprocess loop over data objects of the scopes around it.',
    broken: (loop) => {
      const activity = loop.$parent;
      if (!activity?.$parent || !isSubProcess(activity)) return undefined;
      const scope = activity.$parent;
      const hidden = ['loopDataInputRef', 'loopDataOutputRef']
        .flatMap((property) => child(loop, property) ?? [])
        .map(collection)
        .find((data) => isA(data, 'bpmn:DataObject') && !canSee(scope, data));
      return hidden && `It loops over ${named(hidden)}, which it cannot see.`;
    },
  },
  {
    code: 'loop-data-single',
    section: 'table 10.29',
    of: multi,
    severity: 'warning',
    hint: 'Set isCollection="true" at the data.',
    broken: (loop) => {
      const single = ['loopDataInputRef', 'loopDataOutputRef']
        .flatMap((property) => child(loop, property) ?? [])
        .map(collection)
        .find((data) => !isA(data, 'bpmn:Property') && !flag(data, 'isCollection'));
      return single && `It loops over ${named(single)}, which is not drawn as a collection.`;
    },
  },
  ...behaviors.map(
    ([property, behavior, what]): Rule => ({
      code: 'behavior-event',
      constraint: 'EXT071',
      section: 'table 10.29',
      of: multi,
      hint: `Set behavior="${behavior}", or remove it.`,
      broken: (loop) =>
        stands(loop, property) && (text(loop, 'behavior') ?? 'All') !== behavior
          ? `${what} stands at a loop whose behavior is "${text(loop, 'behavior') ?? 'All'}": it would never be looked at.`
          : undefined,
    }),
  ),
  {
    code: 'behavior-event',
    constraint: 'EXT071',
    section: 'table 10.29',
    of: multi,
    hint: 'Define it (complexBehaviorDefinition), or choose another behavior.',
    broken: (loop) =>
      text(loop, 'behavior') === 'Complex' && !stands(loop, 'complexBehaviorDefinition')
        ? 'The behavior of a loop is complex, but not defined.'
        : undefined,
  },
  {
    code: 'behavior-condition',
    constraint: 'EXT072',
    section: 'table 10.30',
    of: 'bpmn:ComplexBehaviorDefinition',
    hint: 'Write a condition that is true or false.',
    broken: (definition) => {
      const constant = checkConstant(body(child(definition, 'condition')));
      return constant === 'other' ? 'The condition of a complex behavior is neither true nor false.' : undefined;
    },
  },
];
