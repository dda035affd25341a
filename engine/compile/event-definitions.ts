/** Event definitions (BPMN 2.0.2, 10.5.5). */
import { checkExpression } from '../feel/check.ts';
import type { EventDefinition, Expression, LimitDefinition, TimerDefinition } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { body, child, childrenOf, eventDefinitionsOf, flag, idOf, type ModdleElement, text } from './element.ts';
import { feelExpression, valueExpression } from './expressions.ts';
import { extensionOf, extensionsOf } from './extensions.ts';

const timerForms = [
  ['timeDate', 'date'],
  ['timeDuration', 'duration'],
  ['timeCycle', 'cycle'],
] as const;

function timer(definition: ModdleElement, at: ModdleElement, c: Compilation): TimerDefinition | undefined {
  const given = timerForms.flatMap(([property, kind]) => {
    const source = body(child(definition, property));
    return source === undefined ? [] : [{ kind, source }];
  });
  const [first] = given;
  // More than one of them is reported by a rule (`rules/formats.ts`).
  if (!first)
    c.report.error(
      at,
      'timer-empty',
      'The timer has neither a date, a duration nor a cycle (BPMN 2.0.2, table 10.101).',
      {
        hint: 'Give exactly one of them.',
      },
    );
  if (!first || given.length > 1) return undefined;
  const value = valueExpression(first.source, at, 'Timer', c.report);
  return value && { kind: first.kind, value };
}

/** A constant is a name; FEEL is evaluated when the element is entered. */
export function messageOf(
  message: ModdleElement | undefined,
  at: ModdleElement,
  c: Compilation,
): { name: Expression; correlationKey?: Expression } | undefined {
  if (!message) {
    c.report.error(at, 'no-message', 'It names no message.', {
      hint: 'Choose a message for it.',
      constraint: 'EXT127',
    });
    return undefined;
  }
  extensionsOf(message, ['zeebe:Subscription'], c.report);
  const name = valueExpression(text(message, 'name') ?? idOf(message), at, 'Message name', c.report);
  const subscription = extensionOf(message, 'zeebe:Subscription');
  const key = valueExpression(subscription && text(subscription, 'correlationKey'), at, 'Correlation key', c.report);
  return name && { name, ...(key && { correlationKey: key }) };
}

function limitOf(event: ModdleElement, c: Compilation): LimitDefinition | undefined {
  const limit = extensionOf(event, 'careloop:Limit');
  if (!limit) return undefined;
  const id = text(limit, 'id');
  if (!id) {
    c.report.error(event, 'limit-without-id', 'A limit has no id.', {
      hint: 'Give careloop:limit an id, for instance closure.',
    });
    return undefined;
  }
  const tell = (text(limit, 'tell') ?? '')
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
  const englishName = text(limit, 'nameEn');
  const name = text(limit, 'name') ?? text(event, 'name') ?? id;
  return { id, name, ...(englishName !== undefined && { englishName }), tell };
}

/** Either end may be the one that refers to the other. */
export function targetOf(link: ModdleElement, at: ModdleElement): ModdleElement | undefined {
  const beside = at.$parent ? childrenOf(at.$parent, 'flowElements').flatMap(eventDefinitionsOf) : [];
  return child(link, 'target') ?? beside.find((other) => childrenOf(other, 'source').includes(link));
}

const nameOfLink = (link: ModdleElement): string | undefined =>
  text(link, 'name') ?? (link.$parent && text(link.$parent, 'name'));

/**
 * @param side whether the event catches or throws; decides what must be there
 * @returns undefined after reporting why it cannot be compiled
 */
export function compileEventDefinition(
  definition: ModdleElement,
  at: ModdleElement,
  c: Compilation,
  side: 'catch' | 'throw',
): EventDefinition | undefined {
  const code = (reference: ModdleElement | undefined, property: string, what: string) =>
    valueExpression(reference && text(reference, property), at, what, c.report);
  switch (definition.$type) {
    case 'bpmn:MessageEventDefinition': {
      const message = messageOf(child(definition, 'messageRef'), at, c);
      return message && { type: 'message', ...message };
    }
    case 'bpmn:TimerEventDefinition': {
      const compiled = timer(definition, at, c);
      const limit = limitOf(at, c);
      return compiled && { type: 'timer', timer: compiled, ...(limit && { limit }) };
    }
    case 'bpmn:ErrorEventDefinition': {
      const error = child(definition, 'errorRef');
      const errorCode =
        code(error, 'errorCode', 'Error code') ?? (error && { literal: text(error, 'name') ?? idOf(error) });
      if (!errorCode && side === 'throw') {
        c.report.error(at, 'no-error', 'It throws an error but names none.', { hint: 'Choose an error with a code.' });
        return undefined;
      }
      return { type: 'error', ...(errorCode && { code: errorCode }) };
    }
    case 'bpmn:EscalationEventDefinition': {
      const escalation = child(definition, 'escalationRef');
      const escalationCode =
        code(escalation, 'escalationCode', 'Escalation code') ??
        (escalation && { literal: text(escalation, 'name') ?? idOf(escalation) });
      return { type: 'escalation', ...(escalationCode && { code: escalationCode }) };
    }
    case 'bpmn:SignalEventDefinition': {
      const signal = child(definition, 'signalRef');
      if (!signal) {
        c.report.error(at, 'no-signal', 'It names no signal.', { hint: 'Choose a signal for it.' });
        return undefined;
      }
      const name = valueExpression(text(signal, 'name') ?? idOf(signal), at, 'Signal name', c.report);
      return name && { type: 'signal', name };
    }
    case 'bpmn:ConditionalEventDefinition': {
      const condition = feelExpression(body(child(definition, 'condition')), at, 'Condition', c.report);
      if (!condition)
        c.report.error(at, 'no-condition', 'A conditional event has no condition.', { hint: 'Give it one.' });
      checkFilter(definition, condition, at, c);
      return condition && { type: 'conditional', condition };
    }
    case 'bpmn:CompensateEventDefinition': {
      const activity = child(definition, 'activityRef');
      // The schema's default is true although moddle reads a missing attribute as undefined.
      const waitForCompletion = definition.get?.('waitForCompletion') !== false;
      return { type: 'compensate', ...(activity && { activity: idOf(activity) }), waitForCompletion };
    }
    case 'bpmn:LinkEventDefinition': {
      // The standard joins links by reference, modelers by name; the plan knows names only.
      const target = targetOf(definition, at);
      const end = target ?? definition;
      const name = nameOfLink(end) ?? (target || side === 'catch' ? text(end, 'id') : undefined);
      if (!name)
        c.report.error(at, 'no-link-name', 'A link event has no name to be found by.', { hint: 'Name the link.' });
      return name ? { type: 'link', name } : undefined;
    }
    case 'bpmn:CancelEventDefinition':
      return { type: 'cancel' };
    case 'bpmn:TerminateEventDefinition':
      return { type: 'terminate' };
    default:
      c.report.error(at, 'unsupported-event', `"${definition.$type}" is not executed.`);
      return undefined;
  }
}

/**
 * `zeebe:conditionalFilter`: conditions are evaluated whenever a variable changes, so a filter is accepted if it covers
 * all variables of the condition; any other would make it fire less often than here.
 */
function checkFilter(
  definition: ModdleElement,
  condition: Expression | undefined,
  at: ModdleElement,
  c: Compilation,
): void {
  const filter = extensionsOf(definition, ['zeebe:ConditionalFilter'], c.report).get('zeebe:ConditionalFilter');
  if (!filter) return;
  const list = (name: string) => (text(filter, name) ?? '').split(',').flatMap((one) => one.trim() || []);
  const [names, events] = [list('variableNames'), list('variableEvents')];
  const read = condition && 'feel' in condition ? checkExpression(condition.feel).freeVariables : [];
  const unnamed = names.length > 0 ? read.filter((name) => !names.includes(name)) : [];
  const partial = events.length > 0 && !(events.includes('create') && events.includes('update'));
  if (unnamed.length === 0 && !partial) return;
  const why = partial
    ? `It is to hear only "${events.join(', ')}"`
    : `Its filter leaves out ${unnamed.join(', ')}, which the condition reads`;
  c.report.error(at, 'unsupported-extension', `${why}: a condition is looked at whenever a variable has changed.`, {
    hint: 'Take the filter away, or write what it means into the condition.',
  });
}

export const isParallelMultiple = (event: ModdleElement): boolean => flag(event, 'parallelMultiple');
