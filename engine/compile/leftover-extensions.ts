/** Warns of extensions of the usual modeler at elements that have no use for them. */
import { isA, type ModdleElement } from './element.ts';

/**
 * Modelers leave extensions behind when the type of an element is changed, and Zeebe ignores them. They only concern
 * assignment and appearance, so they can be dropped.
 */
const ofUserTasks = [
  'zeebe:UserTask',
  'zeebe:AssignmentDefinition',
  'zeebe:TaskSchedule',
  'zeebe:FormDefinition',
  'zeebe:PriorityDefinition',
];

/** @returns a message, if the extension is a leftover of another element type */
export function leftover(element: ModdleElement, type: string): string | undefined {
  const people = isA(element, 'bpmn:UserTask') || isA(element, 'bpmn:GlobalUserTask');
  if (people && type === 'zeebe:TaskDefinition')
    return 'The job type is left over from a user task done by a job worker: people do it here, so no job is made.';
  if (!isA(element, 'bpmn:Activity') || people) return undefined;
  if (ofUserTasks.includes(type))
    return `"${type}" is left over from a user task and read by nobody: this element is not done by people.`;
  return type === 'zeebe:TaskHeaders' ? 'Headers of an element without a job are read by nobody.' : undefined;
}

/** Elements where the extension has a meaning, named when it occurs elsewhere. */
export const belongsTo: ReadonlyMap<string, string> = new Map([
  ['zeebe:TaskDefinition', 'a service, send, script or business rule task, or a message event that throws'],
  ['zeebe:CalledElement', 'a call activity'],
  ['zeebe:CalledDecision', 'a business rule task'],
  ['zeebe:Script', 'a script task'],
  ['zeebe:LoopCharacteristics', 'the multi-instance marker (bpmn:multiInstanceLoopCharacteristics)'],
  ['zeebe:AdHoc', 'an ad-hoc subprocess'],
  ['zeebe:Subscription', 'a message (bpmn:message)'],
  ['zeebe:UserTaskForm', 'the process'],
  ['zeebe:FormDefinition', 'a user task or a start event without a trigger'],
  ['zeebe:ConditionalFilter', 'a conditional event'],
]);
