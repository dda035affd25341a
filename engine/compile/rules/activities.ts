/** Activities: subprocesses, ad-hoc, transactions, calls, loops, quantities, resources (BPMN 2.0.2, 10.3). */

import {
  child,
  childrenOf,
  eventDefinitionsOf,
  flag,
  idOf,
  isA,
  type ModdleElement,
  number,
  text,
} from '../element.ts';
import { nodesOf, type Rule } from './rule.ts';

/** The called process or global task, if it is in the same file. */
export function calledIn(call: ModdleElement, callables: ModdleElement[]): ModdleElement | undefined {
  const reference = child(call, 'calledElement');
  const id = reference ? idOf(reference) : text(call, 'calledElement')?.replace(/^.*:/, '');
  return id === undefined ? undefined : callables.find((callable) => idOf(callable) === id);
}

const choreography = ['bpmn:ChoreographyActivity', 'bpmn:Choreography'];
const isChoreography = (element: ModdleElement): boolean => choreography.some((type) => isA(element, type));

export const activityRules: Rule[] = [
  {
    code: 'public-executable',
    constraint: 'EXT035',
    section: 'table 10.1',
    of: 'bpmn:Process',
    hint: 'Set processType to Private, or leave it out.',
    broken: (process) =>
      text(process, 'processType') === 'Public' && process.get?.('isExecutable') === true
        ? 'A public process cannot be executable.'
        : undefined,
  },
  ...(['bpmn:Process', 'bpmn:SubProcess'] as const).map(
    (of): Rule => ({
      code: 'choreography-in-process',
      constraint: of === 'bpmn:Process' ? 'EXT036' : 'EXT056',
      section: '10.2, 10.3.5',
      of,
      hint: 'Remove the choreography activity.',
      broken: (scope) =>
        childrenOf(scope, 'flowElements').some(isChoreography)
          ? 'Choreography activities do not stand in processes.'
          : undefined,
    }),
  ),
  {
    code: 'instantiating-with-incoming',
    constraint: 'EXT049',
    section: '10.3.3',
    of: 'bpmn:ReceiveTask',
    hint: 'Remove the flow, or instantiate="true".',
    broken: (task, diagram) =>
      flag(task, 'instantiate') && diagram.incoming(task).length > 0
        ? 'A sequence flow leads to a receive task that starts the process.'
        : undefined,
  },
  {
    code: 'start-quantity',
    constraint: 'EXT037',
    section: 'table 10.3',
    of: 'bpmn:Activity',
    hint: 'Give 1 or more.',
    broken: (activity) =>
      !((number(activity, 'startQuantity') ?? 1) >= 1) ? 'The start quantity is no number of 1 or more.' : undefined,
  },
  {
    code: 'completion-quantity',
    constraint: 'EXT038',
    section: 'table 10.3',
    of: 'bpmn:Activity',
    hint: 'Give 1 or more.',
    broken: (activity) =>
      !((number(activity, 'completionQuantity') ?? 1) >= 1)
        ? 'The completion quantity is no number of 1 or more.'
        : undefined,
  },
  {
    code: 'resource-twice',
    constraint: 'EXT039',
    section: 'table 10.5',
    of: 'bpmn:ResourceRole',
    hint: 'Name the resource, or give an expression, not both.',
    broken: (role) =>
      child(role, 'resourceRef') && child(role, 'resourceAssignmentExpression')
        ? 'A resource role has both a resource and an assignment expression.'
        : undefined,
  },
  {
    code: 'resource-bindings',
    constraint: 'EXT040',
    section: 'table 10.5',
    of: 'bpmn:ResourceRole',
    hint: 'Name the resource, or remove the bindings.',
    broken: (role) =>
      childrenOf(role, 'resourceParameterBindings').length > 0 && !child(role, 'resourceRef')
        ? 'A resource role binds parameters of no resource.'
        : undefined,
  },
  {
    code: 'ad-hoc-with-events',
    constraint: 'EXT062',
    section: '10.3.5',
    of: 'bpmn:AdHocSubProcess',
    hint: 'Remove them: what is in it begins by being chosen, and ends where no flow leads on; an intermediate throw event may be the last.',
    broken: (scope) =>
      nodesOf(scope).some((node) => isA(node, 'bpmn:StartEvent') || isA(node, 'bpmn:EndEvent') || isChoreography(node))
        ? 'An ad-hoc subprocess has start or end events, or choreography activities.'
        : undefined,
  },
  {
    code: 'ad-hoc-empty',
    constraint: 'EXT061',
    section: '10.3.5',
    of: 'bpmn:AdHocSubProcess',
    hint: 'Put an activity into it.',
    broken: (scope) =>
      nodesOf(scope).some((node) => isA(node, 'bpmn:Activity')) ? undefined : 'An ad-hoc subprocess holds no activity.',
  },
  {
    code: 'not-callable',
    constraint: 'REF',
    section: '10.3.6',
    of: 'bpmn:CallActivity',
    hint: 'Call a process or a global task.',
    broken: (call, diagram) => {
      const id = text(call, 'calledElement')?.replace(/^.*:/, '');
      const called = id === undefined ? undefined : diagram.all('bpmn:BaseElement').find((other) => idOf(other) === id);
      return called && !isA(called, 'bpmn:CallableElement')
        ? `calledElement leads to "${id}", which is neither a process nor a global task.`
        : undefined;
    },
  },
  {
    code: 'called-process-not-startable',
    constraint: 'EXT099',
    section: '10.5.2',
    of: 'bpmn:CallActivity',
    hint: 'Give the called process a start event without a trigger.',
    broken: (call, diagram) => {
      const called = calledIn(call, diagram.all('bpmn:Process'));
      const starts = (called ? nodesOf(called) : []).filter((node) => isA(node, 'bpmn:StartEvent'));
      return starts.length > 0 && starts.every((start) => eventDefinitionsOf(start).length > 0)
        ? 'The called process can only be started by a trigger.'
        : undefined;
    },
  },
  {
    code: 'instantiating-inside',
    section: '10.3.3, 10.6.6',
    of: 'bpmn:FlowNode',
    hint: 'Remove instantiate="true": a subprocess begins when its flow arrives.',
    broken: (node) =>
      flag(node, 'instantiate') && node.$parent && isA(node.$parent, 'bpmn:SubProcess')
        ? 'It starts processes, but stands in a subprocess.'
        : undefined,
  },
];
