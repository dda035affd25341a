/** Start, intermediate, boundary and end events (BPMN 2.0.2, 10.5). */
import type { ElementId, EventDefinition, JobDefinition, Mapping, PlanElement } from '../model/plan.ts';
import { compact, flowNode, ioMapping } from './base.ts';
import type { Compilation } from './context.ts';
import { compileData } from './data.ts';
import { child, eventDefinitionsOf, idOf, type ModdleElement, text } from './element.ts';
import { compileEventDefinition, isParallelMultiple } from './event-definitions.ts';
import { type Extensions, extensionsOf } from './extensions.ts';
import { jobOf } from './jobs.ts';
import { checkTimeToLive } from './time-to-live.ts';

function definitions(
  event: ModdleElement,
  c: Compilation,
  side: 'catch' | 'throw',
  skipMessage = false,
): EventDefinition[] {
  return eventDefinitionsOf(event).flatMap((definition) => {
    if (skipMessage && definition.$type === 'bpmn:MessageEventDefinition' && !child(definition, 'messageRef'))
      return [];
    return compileEventDefinition(definition, event, c, side) ?? [];
  });
}

const catching = ['zeebe:IoMapping', 'careloop:Limit'];

function limitNeedsTimer(event: ModdleElement, extensions: { get(type: string): unknown }, c: Compilation): void {
  if (!extensions.get('careloop:Limit')) return;
  if (eventDefinitionsOf(event).some((definition) => definition.$type === 'bpmn:TimerEventDefinition')) return;
  c.report.error(event, 'limit-without-timer', 'A limit stands at an event that is no timer.', {
    hint: 'Move careloop:limit to the timer event that ends the promise.',
  });
}

/** A mapping without effect, and where to put it instead. */
function warnOfMapping(
  event: ModdleElement,
  mapping: Mapping[] | undefined,
  why: string,
  hint: string,
  c: Compilation,
) {
  if (mapping) c.report.warning(event, 'mapping-without-effect', why, { hint });
}

const inputsHint = 'Take what the event brings over by outputs, or map inputs at the element that follows.';

/** They have no scope of their own: their variables are propagated by output mappings (docs.camunda.io, variables). */
function outputsOf(event: ModdleElement, extensions: Extensions, c: Compilation): Mapping[] | undefined {
  const { inputs, outputs } = ioMapping(event, extensions, c);
  warnOfMapping(event, inputs, 'The inputs of an event that begins something are never mapped.', inputsHint, c);
  return outputs;
}

export function startEvent(event: ModdleElement, parent: ElementId, c: Compilation): PlanElement {
  const extensions = extensionsOf(event, [...catching, 'zeebe:FormDefinition'], c.report);
  limitNeedsTimer(event, extensions, c);
  if (extensions.get('zeebe:FormDefinition') && (parent !== c.plan.key || eventDefinitionsOf(event).length > 0))
    c.report.warning(
      event,
      'ignored-extension',
      'The form is shown by nobody: only a start event of the process itself, without a trigger, is started by people.',
    );
  const outputs = outputsOf(event, extensions, c);
  return compact({
    kind: 'startEvent' as const,
    ...flowNode(event, parent, extensions),
    events: definitions(event, c, 'catch'),
    interrupting: event.get?.('isInterrupting') !== false,
    parallelMultiple: isParallelMultiple(event),
    outputs,
    dataOutputs: compileData(event, c).dataOutputs,
    facilities: facilitiesOf(event),
  });
}

/** Comma list of codes. */
function facilitiesOf(event: ModdleElement): string[] | undefined {
  const codes = (text(event, 'careloop:facilities') ?? '').split(',').map((code) => code.trim());
  const named = [...new Set(codes.filter((code) => code !== ''))].sort();
  return named.length > 0 ? named : undefined;
}

export function intermediateCatchEvent(event: ModdleElement, parent: ElementId, c: Compilation): PlanElement {
  const extensions = extensionsOf(event, catching, c.report);
  limitNeedsTimer(event, extensions, c);
  return compact({
    kind: 'intermediateCatchEvent' as const,
    ...flowNode(event, parent, extensions),
    ...ioMapping(event, extensions, c),
    dataOutputs: compileData(event, c).dataOutputs,
    events: definitions(event, c, 'catch'),
    parallelMultiple: isParallelMultiple(event),
  });
}

export function boundaryEvent(event: ModdleElement, parent: ElementId, c: Compilation): PlanElement | undefined {
  const extensions = extensionsOf(event, catching, c.report);
  limitNeedsTimer(event, extensions, c);
  const host = child(event, 'attachedToRef');
  if (!host) {
    c.report.error(event, 'not-attached', 'A boundary event is attached to no activity.', {
      hint: 'Attach it to an activity.',
    });
    return undefined;
  }
  const outputs = outputsOf(event, extensions, c);
  const events = definitions(event, c, 'catch');
  if (events.some(({ type }) => type === 'compensate'))
    warnOfMapping(
      event,
      outputs,
      'A compensation boundary event is never passed: its outputs are never mapped.',
      'Map them at the handler.',
      c,
    );
  return compact({
    kind: 'boundaryEvent' as const,
    ...flowNode(event, parent, extensions),
    events,
    interrupting: event.get?.('cancelActivity') !== false,
    parallelMultiple: isParallelMultiple(event),
    attachedTo: idOf(host),
    outputs,
    dataOutputs: compileData(event, c).dataOutputs,
  });
}

export function throwEvent(kind: 'intermediateThrowEvent' | 'endEvent') {
  return (event: ModdleElement, parent: ElementId, c: Compilation): PlanElement => {
    const extensions = extensionsOf(event, ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'], c.report);
    const job: JobDefinition | undefined = extensions.get('zeebe:TaskDefinition') && jobOf(event, extensions, c);
    const events = definitions(event, c, 'throw', job !== undefined);
    const sends = eventDefinitionsOf(event).some((definition) => definition.$type === 'bpmn:MessageEventDefinition');
    if (job && !sends)
      c.report.error(event, 'unsupported-extension', 'A job stands at an event that sends no message.', {
        hint: 'Make it a message event, or use a service task.',
      });
    if (sends) checkTimeToLive(event, extensions, c);
    const io = ioMapping(event, extensions, c);
    if (events.some(({ type }) => type === 'error' || type === 'cancel'))
      warnOfMapping(
        event,
        io.outputs,
        'What throws an error or cancels a transaction is never completed: its outputs are never mapped.',
        'Map inputs, and outputs at the event that catches it.',
        c,
      );
    return compact({
      kind,
      ...flowNode(event, parent, extensions),
      ...io,
      dataInputs: compileData(event, c).dataInputs,
      events,
      job,
    });
  };
}
