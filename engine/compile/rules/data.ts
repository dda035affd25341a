/** Data: inputs and outputs, their sets, their types, and what calls and events hand over (BPMN 2.0.2, 10.4). */
import { child, childrenOf, eventDefinitionsOf, flag, isA, type ModdleElement, text } from '../element.ts';
import { calledIn } from './activities.ts';
import type { Rule } from './rule.ts';

const itemOf = (element: ModdleElement): ModdleElement | undefined => child(element, 'itemSubjectRef');

/** Equivalent: the same definition, or definitions of the same structure (both must say which). */
function equivalent(a: ModdleElement | undefined, b: ModdleElement | undefined): boolean {
  if (a === b) return true;
  const [left, right] = [a && text(a, 'structureRef'), b && text(b, 'structureRef')];
  return left !== undefined && left === right;
}

const inputsOf = (io: ModdleElement | undefined): ModdleElement[] => (io ? childrenOf(io, 'dataInputs') : []);
const outputsOf = (io: ModdleElement | undefined): ModdleElement[] => (io ? childrenOf(io, 'dataOutputs') : []);
const ioOf = (element: ModdleElement): ModdleElement | undefined => child(element, 'ioSpecification');

function operationMessage(task: ModdleElement, side: 'inMessageRef' | 'outMessageRef'): ModdleElement | undefined {
  const operation = child(task, 'operationRef');
  return operation && child(operation, side);
}

const itemOfMessage = (message: ModdleElement | undefined): ModdleElement | undefined =>
  message && child(message, 'itemRef');

/** What an event definition carries. */
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

const eventData = (event: ModdleElement): ModdleElement[] => [
  ...childrenOf(event, 'dataInputs'),
  ...childrenOf(event, 'dataOutputs'),
];

const dataHint = 'Correct the data inputs and outputs, or remove them: variables need none.';

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

function taskRule(constraint: string, of: string, broken: Rule['broken']): Rule {
  return { code: 'task-data', constraint, section: '10.3.3', of, hint: dataHint, broken };
}

function singleOf(constraint: string, of: string, count: (io: ModdleElement) => number, what: string): Rule {
  return taskRule(constraint, of, (task) => {
    const io = ioOf(task);
    return io && count(io) > 1 ? `It has more than one ${what}.` : undefined;
  });
}

const collectionOf = (element: ModdleElement): boolean | undefined => {
  const item = itemOf(element);
  return item && flag(item, 'isCollection');
};

function loopItem(constraint: string, collectionRef: string, itemProperty: string): Rule {
  return {
    code: 'loop-data',
    constraint,
    section: 'table 10.29',
    of: 'bpmn:MultiInstanceLoopCharacteristics',
    hint: dataHint,
    broken: (loop) => {
      const [collection, item] = [child(loop, collectionRef), child(loop, itemProperty)];
      const [whole, single] = [collection && itemOf(collection), item && itemOf(item)];
      if (!whole || !single) return undefined;
      if (flag(single, 'isCollection')) return 'The item of a loop is itself a collection.';
      return text(whole, 'structureRef') === text(single, 'structureRef')
        ? undefined
        : 'The item of a loop is of another type than its collection.';
    },
  };
}

export const dataRules: Rule[] = [
  ...(['bpmn:DataInput', 'bpmn:DataOutput', 'bpmn:DataObject'] as const).map(
    (of): Rule => ({
      code: 'data-collection',
      constraint: of === 'bpmn:DataOutput' ? 'EXT083' : 'EXT020',
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
  taskRule('EXT042', 'bpmn:ServiceTask', (task) =>
    child(task, 'operationRef') && childrenOf(ioOf(task) ?? task, 'inputSets').length !== 1
      ? 'A service task with an operation has not exactly one input set.'
      : undefined,
  ),
  singleOf('EXT043', 'bpmn:ServiceTask', (io) => childrenOf(io, 'outputSets').length, 'output set'),
  taskRule('EXT044', 'bpmn:ServiceTask', (task) => {
    const message = operationMessage(task, 'inMessageRef');
    const [input, second] = inputsOf(ioOf(task));
    if (!message || !input) return undefined;
    return second || !equivalent(itemOf(input), itemOfMessage(message))
      ? 'Its data input does not fit the message that its operation takes in.'
      : undefined;
  }),
  taskRule('EXT045', 'bpmn:ServiceTask', (task) => {
    const message = operationMessage(task, 'outMessageRef');
    const [output, second] = outputsOf(ioOf(task));
    if (!message || !output) return undefined;
    return second || !equivalent(itemOf(output), itemOfMessage(message))
      ? 'Its data output does not fit the message that its operation gives out.'
      : undefined;
  }),
  singleOf(
    'EXT047',
    'bpmn:SendTask',
    (io) => Math.max(childrenOf(io, 'inputSets').length, inputsOf(io).length),
    'data input',
  ),
  taskRule('EXT048', 'bpmn:SendTask', (task) => {
    const message = child(task, 'messageRef');
    const [input] = inputsOf(ioOf(task));
    return message && input && !equivalent(itemOf(input), itemOfMessage(message))
      ? 'Its data input does not fit the message it sends.'
      : undefined;
  }),
  singleOf(
    'EXT051',
    'bpmn:ReceiveTask',
    (io) => Math.max(childrenOf(io, 'outputSets').length, outputsOf(io).length),
    'data output',
  ),
  taskRule('EXT052', 'bpmn:ReceiveTask', (task) => {
    const message = child(task, 'messageRef');
    const [output] = outputsOf(ioOf(task));
    return message && output && !equivalent(itemOf(output), itemOfMessage(message))
      ? 'Its data output does not fit the message it receives.'
      : undefined;
  }),
  {
    code: 'call-data',
    constraint: 'EXT063',
    section: '10.3.6',
    of: 'bpmn:CallActivity',
    hint: 'Let the data inputs and outputs of call and called match one by one.',
    broken: (call, drawing) => {
      const called = calledIn(call, drawing.all('bpmn:CallableElement'));
      const [own, theirs] = [ioOf(call), called && ioOf(called)];
      if (!own || !theirs) return undefined;
      const fits = (mine: ModdleElement[], other: ModdleElement[]) =>
        mine.length === other.length && mine.every((item, index) => equivalent(itemOf(item), itemOf(other[index]!)));
      return fits(inputsOf(own), inputsOf(theirs)) && fits(outputsOf(own), outputsOf(theirs))
        ? undefined
        : 'Its data do not match those of what it calls.';
    },
  },
  {
    code: 'interface-without-binding',
    constraint: 'EXT064',
    section: '8.4.3',
    of: 'bpmn:CallableElement',
    hint: 'Bind its data to the operations of the interface (ioBinding).',
    broken: (callable) => {
      const operations = childrenOf(callable, 'supportedInterfaceRef').flatMap((entry) =>
        childrenOf(entry, 'operations'),
      );
      const bound = childrenOf(callable, 'ioBinding').map((binding) => child(binding, 'operationRef'));
      return operations.every((operation) => bound.includes(operation))
        ? undefined
        : 'An operation of its interface is not bound to its data.';
    },
  },
  {
    code: 'binding-data',
    constraint: 'EXT065',
    section: '8.4.3, table 8.31',
    of: 'bpmn:InputOutputBinding',
    hint: 'Let the bound data be of the types of the messages of the operation.',
    broken: (binding) => {
      const operation = child(binding, 'operationRef');
      const [input, output] = [child(binding, 'inputDataRef'), child(binding, 'outputDataRef')];
      if (!operation) return undefined;
      const inMessage = child(operation, 'inMessageRef');
      const outMessage = child(operation, 'outMessageRef');
      const fits = (data: ModdleElement | undefined, message: ModdleElement | undefined) =>
        !data || !message || equivalent(itemOf(data), itemOfMessage(message));
      return fits(input, inMessage) && fits(output, outMessage)
        ? undefined
        : 'The bound data are not of the types of the messages.';
    },
  },
  loopItem('EXT069', 'loopDataOutputRef', 'outputDataItem'),
  loopItem('EXT070', 'loopDataInputRef', 'inputDataItem'),
  {
    code: 'data-reference-name',
    constraint: 'EXT076',
    section: 'table 10.53',
    of: 'bpmn:DataObjectReference',
    severity: 'warning',
    hint: 'Name it after its data object, with the state in brackets.',
    broken: (reference) => {
      const [object, state] = [child(reference, 'dataObjectRef'), child(reference, 'dataState')];
      const wanted = `${(object && text(object, 'name')) ?? ''} [${(state && text(state, 'name')) ?? ''}]`;
      const name = text(reference, 'name');
      return object && state && name !== undefined && name !== wanted ? `Its name should be "${wanted}".` : undefined;
    },
  },
  {
    code: 'subprocess-data',
    constraint: 'EXT079',
    section: '10.4.1',
    of: 'bpmn:SubProcess',
    hint: 'Declare data in the process, or use input and output mappings.',
    broken: (scope) => (ioOf(scope) ? 'An embedded subprocess has data inputs or outputs of its own.' : undefined),
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
  {
    code: 'data-sets-mismatch',
    constraint: 'EXT087',
    section: '10.4.1',
    of: 'bpmn:InputSet',
    hint: 'Let input set and output set name each other.',
    broken: (set) =>
      childrenOf(set, 'outputSetRefs').every((output) => childrenOf(output, 'inputSetRefs').includes(set))
        ? undefined
        : 'An input set names an output set that does not name it.',
  },
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
        const object = end && isA(end, 'bpmn:DataObjectReference') ? child(end, 'dataObjectRef') : end;
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
      const payloads = eventDefinitionsOf(event).filter((definition) => payloadOf(definition));
      const data = eventData(event);
      return data.length > 0 && payloads.length !== data.length
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
