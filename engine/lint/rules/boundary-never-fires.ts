/** Boundary events whose trigger cannot occur while their activity is active (BPMN 2.0.2, 10.5.4 and table 10.90). */
import { child, childrenOf, eventDefinitionsOf, isA, type ModdleElement, text } from '../../compile/element.ts';
import { extensionOf } from '../../compile/extensions.ts';
import { nodesOf, processOf } from '../../compile/rules/rule.ts';
import { definitionTypes } from '../graph.ts';
import { called, type LintRule, type Scene } from '../rule.ts';

/** The activity and everything in it. */
function within(activity: ModdleElement): ModdleElement[] {
  return [activity, ...nodesOf(activity).flatMap(within)];
}

/** Listeners are jobs too: they take their time, and may end in an error. */
const isJob = (node: ModdleElement): boolean =>
  ['zeebe:TaskDefinition', 'zeebe:ExecutionListeners', 'zeebe:TaskListeners'].some(
    (type) => extensionOf(node, type) !== undefined,
  ) ||
  (isA(node, 'bpmn:ScriptTask') && !extensionOf(node, 'zeebe:Script'));

/** A called process may end with whatever error or escalation. */
const mayThrow = (node: ModdleElement): boolean => isA(node, 'bpmn:CallActivity');

/** Events of this type that are thrown by an element, its multi-instance marker included (BPMN 2.0.2, table 10.29). */
function thrownBy(node: ModdleElement, type: string): ModdleElement[] {
  const loop = child(node, 'loopCharacteristics');
  const marked = loop
    ? [
        child(loop, 'noneBehaviorEventRef'),
        child(loop, 'oneBehaviorEventRef'),
        ...childrenOf(loop, 'complexBehaviorDefinition').flatMap((definition) => {
          const event = child(definition, 'event');
          return event ? eventDefinitionsOf(event) : [];
        }),
      ].filter((definition) => definition !== undefined)
    : [];
  const own = isA(node, 'bpmn:ThrowEvent') ? eventDefinitionsOf(node) : [];
  return [...own, ...marked].filter((definition) => definition.$type === type);
}

function codeOf(definition: ModdleElement, reference: string, attribute: string): string | undefined {
  const named = child(definition, reference);
  return named && (text(named, attribute) ?? text(named, 'name') ?? text(named, 'id'));
}

/** Codes are compared only where both are constants; a catcher without one takes any. */
function caught(
  definition: ModdleElement,
  inside: ModdleElement[],
  [type, reference, attribute]: [string, string, string],
): boolean {
  const wanted = codeOf(definition, reference, attribute);
  return inside
    .flatMap((node) => thrownBy(node, type))
    .some((thrown) => {
      const code = codeOf(thrown, reference, attribute);
      return wanted === undefined || code === undefined || code === wanted || `${code}${wanted}`.includes('=');
    });
}

/** Activities that are over as soon as they begin: nothing can happen meanwhile. */
const momentary = (host: ModdleElement): boolean =>
  (host.$type === 'bpmn:Task' || host.$type === 'bpmn:ManualTask' || isA(host, 'bpmn:ScriptTask')) &&
  !isJob(host) &&
  child(host, 'loopCharacteristics') === undefined;

function why(definition: ModdleElement, host: ModdleElement, scene: Scene): string | undefined {
  const inside = within(host);
  switch (definition.$type) {
    case 'bpmn:ErrorEventDefinition':
      return inside.some((node) => isJob(node) || mayThrow(node)) ||
        caught(definition, inside, [definition.$type, 'errorRef', 'errorCode'])
        ? undefined
        : 'nothing in it throws this error';
    case 'bpmn:EscalationEventDefinition':
      return inside.some(mayThrow) || caught(definition, inside, [definition.$type, 'escalationRef', 'escalationCode'])
        ? undefined
        : 'nothing in it throws this escalation';
    case 'bpmn:CancelEventDefinition':
      return inside.some((node) => isA(node, 'bpmn:EndEvent') && definitionTypes(node).includes('Cancel'))
        ? undefined
        : 'nothing in it cancels the transaction';
    case 'bpmn:CompensateEventDefinition':
      return compensated(host, scene) ? undefined : 'nothing in the process asks for compensation';
    case 'bpmn:TimerEventDefinition':
    case 'bpmn:MessageEventDefinition':
    case 'bpmn:SignalEventDefinition':
    case 'bpmn:ConditionalEventDefinition':
      return momentary(host) ? 'its activity is over as soon as it begins' : undefined;
    default:
      return undefined;
  }
}

/** By an event anywhere in the process, or by the transaction around it being cancelled. */
function compensated(host: ModdleElement, { diagram }: Scene): boolean {
  const process = processOf(host);
  const throwing = (type: string) =>
    diagram
      .all('bpmn:ThrowEvent')
      .some((event) => processOf(event) === process && definitionTypes(event).includes(type));
  return throwing('Compensate') || throwing('Cancel');
}

export const boundaryNeverFires: LintRule = {
  code: 'boundary-never-fires',
  severity: 'warning',
  hint: 'Remove it, or let something in the activity throw what it catches.',
  of: 'bpmn:BoundaryEvent',
  find(event, scene) {
    const host = child(event, 'attachedToRef');
    if (!host || !isA(host, 'bpmn:Activity')) return [];
    const reasons = eventDefinitionsOf(event).map((definition) => why(definition, host, scene));
    const [first] = reasons;
    return first !== undefined && reasons.every((reason) => reason !== undefined)
      ? [{ message: `${called(event)} at ${called(host)} never fires: ${first}.` }]
      : [];
  },
};
