/** Data of activities: inputs and outputs of tasks, calls and services (BPMN 2.0.2, 8.4.3, 10.3.3, 10.3.6). */
import { child, childrenOf, type ModdleElement } from '../element.ts';
import { calledIn } from './activities.ts';
import { dataHint, equivalent, itemOf } from './data.ts';
import type { Rule } from './rule.ts';

const inputsOf = (io: ModdleElement | undefined): ModdleElement[] => (io ? childrenOf(io, 'dataInputs') : []);
const outputsOf = (io: ModdleElement | undefined): ModdleElement[] => (io ? childrenOf(io, 'dataOutputs') : []);
const ioOf = (element: ModdleElement): ModdleElement | undefined => child(element, 'ioSpecification');

function operationMessage(task: ModdleElement, side: 'inMessageRef' | 'outMessageRef'): ModdleElement | undefined {
  const operation = child(task, 'operationRef');
  return operation && child(operation, side);
}

const itemOfMessage = (message: ModdleElement | undefined): ModdleElement | undefined =>
  message && child(message, 'itemRef');

function taskRule(constraint: string, of: string, broken: Rule['broken']): Rule {
  return { code: 'task-data', constraint, section: '10.3.3', of, hint: dataHint, broken };
}

function singleOf(constraint: string, of: string, count: (io: ModdleElement) => number, what: string): Rule {
  return taskRule(constraint, of, (task) => {
    const io = ioOf(task);
    return io && count(io) > 1 ? `It has more than one ${what}.` : undefined;
  });
}

export const taskDataRules: Rule[] = [
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
  singleOf('EXT046', 'bpmn:SendTask', (io) => childrenOf(io, 'inputSets').length, 'input set'),
  singleOf('EXT047', 'bpmn:SendTask', (io) => inputsOf(io).length, 'data input'),
  taskRule('EXT048', 'bpmn:SendTask', (task) => {
    const message = child(task, 'messageRef');
    const [input] = inputsOf(ioOf(task));
    return message && input && !equivalent(itemOf(input), itemOfMessage(message))
      ? 'Its data input does not fit the message it sends.'
      : undefined;
  }),
  singleOf('EXT050', 'bpmn:ReceiveTask', (io) => childrenOf(io, 'outputSets').length, 'output set'),
  singleOf('EXT051', 'bpmn:ReceiveTask', (io) => outputsOf(io).length, 'data output'),
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
    broken: (call, diagram) => {
      const called = calledIn(call, diagram.all('bpmn:CallableElement'));
      const [own, theirs] = [ioOf(call), called && ioOf(called)];
      if (!own && !theirs) return undefined;
      const sizes = (io: ModdleElement | undefined): string =>
        ['dataInputs', 'dataOutputs', 'inputSets', 'outputSets']
          .map((list) => (io ? childrenOf(io, list).length : 0))
          .join();
      if (called && sizes(own) !== sizes(theirs)) return 'Its data do not match those of what it calls.';
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
      const exposed = childrenOf(callable, 'supportedInterfaceRef').length > 0;
      return operations.every((operation) => bound.includes(operation)) && (!exposed || bound.length > 0)
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
];
