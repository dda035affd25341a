/** Data: types, input and output sets, associations, and data of events (BPMN 2.0.2, 10.4, 10.5.1). */
import { child, childrenOf, eventDefinitionsOf, flag, type ModdleElement, text } from '../element.ts';
import type { Rule } from './rule.ts';

export const itemOf = (element: ModdleElement): ModdleElement | undefined => child(element, 'itemSubjectRef');

/** Equivalent: the same definition, or definitions of the same structure (both must name one). */
export function equivalent(a: ModdleElement | undefined, b: ModdleElement | undefined): boolean {
  if (a === b) return true;
  const [left, right] = [a && text(a, 'structureRef'), b && text(b, 'structureRef')];
  return left !== undefined && left === right;
}

/** Data of an event definition. */
function payloadOf(definition: ModdleElement): ModdleElement | undefined {
  for (const [reference, item] of [
    ['messageRef', 'itemRef'],
    ['signalRef', 'structureRef'],
    ['errorRef', 'structureRef'],
    ['escalationRef', 'structureRef'],
  ] as const) {
    const referred = child(definition, reference);
    if (referred) return child(referred, item);
  }
  return undefined;
}

const carries = new Set(
  ['Message', 'Signal', 'Error', 'Escalation'].map((trigger) => `bpmn:${trigger}EventDefinition`),
);

const eventData = (event: ModdleElement): ModdleElement[] => [
  ...childrenOf(event, 'dataInputs'),
  ...childrenOf(event, 'dataOutputs'),
];

export const dataHint = 'Correct the data inputs and outputs, or remove them: variables need none.';

/** Refers in the subset lists of a set to what its main list does not have. */
function subset(constraint: string, of: string, main: string, part: string, what: string): Rule {
  return {
    code: 'data-set-subset',
    constraint,
    section: '10.4.1',
    of,
    hint: dataHint,
    broken: (set) => {
      const all = childrenOf(set, main);
      return childrenOf(set, part).every((entry) => all.includes(entry))
        ? undefined
        : `${what} is not in the set it belongs to.`;
    },
  };
}

const collectionOf = (element: ModdleElement): boolean | undefined => {
  const item = itemOf(element);
  return item && flag(item, 'isCollection');
};

export const dataRules: Rule[] = [
  ...(
    [
      ['bpmn:DataInput', 'EXT020'],
      ['bpmn:DataInput', 'EXT081'],
      ['bpmn:DataOutput', 'EXT020'],
      ['bpmn:DataOutput', 'EXT083'],
      ['bpmn:DataObject', 'EXT020'],
    ] as const
  ).map(
    ([of, constraint]): Rule => ({
      code: 'data-collection',
      constraint,
      section: '10.4.1',
      of,
      hint: 'Let isCollection say the same as the item definition.',
      broken: (item) => {
        const collection = collectionOf(item);
        return collection !== undefined && collection !== flag(item, 'isCollection')
          ? 'isCollection differs from the item definition.'
          : undefined;
      },
    }),
  ),
  // Modelers omit the state from the name, or the name from the data object; what is given must match.
  ...([undefined, 'warning'] as const).map(
    (severity): Rule => ({
      code: 'data-reference-name',
      constraint: 'EXT076',
      section: 'table 10.53',
      of: 'bpmn:DataObjectReference',
      severity,
      hint: 'Name it after its data object, with the state in brackets.',
      broken: (reference) => {
        const [object, state] = [child(reference, 'dataObjectRef'), child(reference, 'dataState')];
        const wanted = `${(object && text(object, 'name')) ?? ''} [${(state && text(state, 'name')) ?? ''}]`;
        const name = text(reference, 'name');
        if (!object || !state || name === undefined || name === wanted) return undefined;
        const called = text(object, 'name');
        const otherwise = /\[.*\]$/.test(name) || (called !== undefined && called !== name);
        return otherwise === (severity === undefined) ? `Its name should be "${wanted}".` : undefined;
      },
    }),
  ),
  {
    code: 'subprocess-data',
    constraint: 'EXT079',
    section: '10.4.1',
    of: 'bpmn:SubProcess',
    hint: 'Declare data in the process, or use input and output mappings.',
    broken: (scope) =>
      child(scope, 'ioSpecification') ? 'An embedded subprocess has data inputs or outputs of its own.' : undefined,
  },
  ...(
    [
      ['EXT084', 'dataInputs', 'inputSets', 'dataInputRefs', 'data input'],
      ['EXT088', 'dataOutputs', 'outputSets', 'dataOutputRefs', 'data output'],
    ] as const
  ).map(
    ([constraint, all, sets, refs, what]): Rule => ({
      code: 'data-without-set',
      constraint,
      section: '10.4.1',
      of: 'bpmn:InputOutputSpecification',
      hint: dataHint,
      broken: (io) => {
        const used = childrenOf(io, sets).flatMap((set) => childrenOf(set, refs));
        return childrenOf(io, all).every((item) => used.includes(item)) ? undefined : `A ${what} belongs to no set.`;
      },
    }),
  ),
  subset('EXT085', 'bpmn:InputSet', 'dataInputRefs', 'optionalInputRefs', 'An optional input'),
  subset('EXT086', 'bpmn:InputSet', 'dataInputRefs', 'whileExecutingInputRefs', 'An input that comes while executing'),
  subset('EXT089', 'bpmn:OutputSet', 'dataOutputRefs', 'optionalOutputRefs', 'An optional output'),
  subset(
    'EXT090',
    'bpmn:OutputSet',
    'dataOutputRefs',
    'whileExecutingOutputRefs',
    'An output that goes while executing',
  ),
  ...(
    [
      ['bpmn:InputSet', 'outputSetRefs', 'inputSetRefs'],
      ['bpmn:OutputSet', 'inputSetRefs', 'outputSetRefs'],
    ] as const
  ).map(
    ([of, there, back]): Rule => ({
      code: 'data-sets-mismatch',
      constraint: 'EXT087',
      section: '10.4.1',
      of,
      hint: 'Let input set and output set name each other.',
      broken: (set) =>
        childrenOf(set, there).every((other) => childrenOf(other, back).includes(set))
          ? undefined
          : 'A set names another one that does not name it.',
    }),
  ),
  {
    code: 'association-types',
    constraint: 'EXT091',
    section: '10.4.2',
    of: 'bpmn:DataAssociation',
    hint: 'Let both ends have the same type, or give a transformation.',
    broken: (association) => {
      const target = child(association, 'targetRef');
      const sources = childrenOf(association, 'sourceRef');
      const item = (end: ModdleElement | undefined) => {
        const object = end && (child(end, 'dataObjectRef') ?? child(end, 'dataStoreRef') ?? end);
        return object && (itemOf(object) ?? (end && itemOf(end)));
      };
      const [from, to] = [item(sources[0]), item(target)];
      if (sources.length !== 1 || !from || !to || child(association, 'transformation')) return undefined;
      if (childrenOf(association, 'assignment').length > 0) return undefined;
      return equivalent(from, to) ? undefined : 'A data association joins data of different types.';
    },
  },
  {
    code: 'association-sources',
    constraint: 'EXT092',
    section: '10.4.2',
    of: 'bpmn:DataAssociation',
    hint: 'Give a transformation, or keep one source.',
    broken: (association) =>
      childrenOf(association, 'sourceRef').length > 1 && !child(association, 'transformation')
        ? 'A data association has several sources but no transformation.'
        : undefined,
  },
  {
    code: 'event-data-count',
    constraint: 'EXT093',
    section: '10.5.1',
    of: 'bpmn:Event',
    hint: dataHint,
    broken: (event) => {
      const definitions = eventDefinitionsOf(event);
      const typed = definitions.filter((definition) => payloadOf(definition));
      const carrying = definitions.filter((definition) => carries.has(definition.$type));
      const data = eventData(event);
      return data.length > 0 && typed.length !== data.length && carrying.length !== data.length
        ? 'It does not have one piece of data for each event definition that carries some.'
        : undefined;
    },
  },
  {
    code: 'event-data-types',
    constraint: 'EXT094',
    section: '10.5.1',
    of: 'bpmn:Event',
    hint: dataHint,
    broken: (event) => {
      const payloads = eventDefinitionsOf(event).flatMap((definition) => payloadOf(definition) ?? []);
      const data = eventData(event);
      if (data.length !== payloads.length) return undefined;
      return data.every((item, index) => equivalent(itemOf(item), payloads[index]))
        ? undefined
        : 'Its data are not of the types that its event definitions carry.';
    },
  },
];
