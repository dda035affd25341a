/**
 * Timer and conditional start events of a process (BPMN 2.0.2, 10.5.2, table 10.84): their list, what is known of them
 * before there is an instance, and whether a condition holds.
 */
import { checkExpression } from '../feel/check.ts';
import type {
  ElementId,
  ElementOf,
  Expression,
  Json,
  Plan,
  Problem,
  TimerDefinition,
  Variables,
} from '../model/plan.ts';
import type { EvaluationContext, Evaluator } from '../model/types.ts';

type StartEvent = ElementOf<'startEvent'>;

export interface StartTimer {
  /** Element id; with several timers in one event, the later ones with `-2`, `-3`. */
  id: string;
  element: ElementId;
  name?: string;
  timer: TimerDefinition;
  /** `careloop:facilities`; absent: every facility. */
  facilities?: string[];
}

export interface StartCondition {
  element: ElementId;
  name?: string;
  /** One true condition is enough. */
  conditions: Expression[];
}

/** Variables available to the expression of a timer start event: others belong to an instance that does not exist yet. */
const knownBeforeStart: readonly string[] = ['facility', 'rules'];

export function startTimersOf(plan: Plan): StartTimer[] {
  return startEvents(plan).flatMap(({ id, name, events, facilities }) => {
    const timers = events.flatMap((event) => (event.type === 'timer' ? [event.timer] : []));
    return timers.map((timer, index) => ({
      id: index === 0 ? id : `${id}-${index + 1}`,
      element: id,
      timer,
      ...(name !== undefined && { name }),
      ...(facilities && { facilities }),
    }));
  });
}

export function startConditionsOf(plan: Plan): StartCondition[] {
  return startEvents(plan).flatMap(({ id, name, events }) => {
    const conditions = events.flatMap((event) => (event.type === 'conditional' ? [event.condition] : []));
    return conditions.length > 0 ? [{ element: id, conditions, ...(name !== undefined && { name }) }] : [];
  });
}

/** Start events that nothing could trigger, so that a deployment would have no effect. */
export function startProblems(plan: Plan): Problem[] {
  return startEvents(plan).flatMap((element): Problem[] => {
    const at = {
      severity: 'error' as const,
      element: element.id,
      ...(element.name !== undefined && { elementName: element.name }),
    };
    const begins = element.events.filter((event) => event.type === 'timer' || event.type === 'conditional');
    if (begins.length > 0 && element.parallelMultiple)
      return [
        {
          ...at,
          code: 'unsupported-start',
          message: 'A parallel multiple start event of a process cannot wait for a time or a condition.',
          hint: 'Begin by one event and wait for the others behind it.',
        },
      ];
    return begins.flatMap((event): Problem[] => {
      if (event.type !== 'timer' || !('feel' in event.timer.value)) return [];
      const { feel } = event.timer.value;
      const unknown = checkExpression(feel).freeVariables.filter((name) => !knownBeforeStart.includes(name));
      if (unknown.length === 0) return [];
      return [
        {
          ...at,
          code: 'timer-reads-variables',
          message: `The timer is worked out before there is an instance, but reads ${unknown.join(', ')}.`,
          hint: 'It may read facility and rules, and use today(), now() and working days.',
        },
      ];
    });
  });
}

/** Whether one of the conditions holds. A condition over missing variables does not hold yet. */
export function holds(
  { conditions }: StartCondition,
  evaluator: Evaluator,
  lookup: (name: string) => Json | undefined,
  context: EvaluationContext,
): { ok: true; holds: boolean; missing?: string } | { ok: false; code: string; message: string } {
  let missing: string | undefined;
  for (const condition of conditions) {
    const result = evaluator.evaluate(condition, lookup, context);
    if (result.ok && result.value === true) return { ok: true, holds: true };
    if (result.ok) continue;
    if (result.code !== 'missing-variable') return result;
    missing = result.message;
  }
  return { ok: true, holds: false, ...(missing !== undefined && { missing }) };
}

function startEvents(plan: Plan): StartEvent[] {
  return Object.values(plan.elements).filter(
    (element): element is StartEvent => element.kind === 'startEvent' && element.parent === plan.key,
  );
}

/**
 * The timer of a start event evaluated at one facility.
 * @param known values of `knownBeforeStart`
 */
export function evaluateAtStart(
  { timer }: StartTimer,
  evaluator: Evaluator,
  known: Variables,
  context: EvaluationContext,
): { ok: true; value: string } | { ok: false; code: string; message: string } {
  const source = sourceOf(timer.value);
  const result = evaluator.evaluate(timer.value, (name) => known[name], context);
  if (!result.ok)
    return { ok: false, code: result.code, message: `The timer "${source}" cannot be evaluated: ${result.message}` };
  if (typeof result.value === 'string' && result.value !== '') return { ok: true, value: result.value };
  return { ok: false, code: 'bad-timer', message: `The timer "${source}" is not a date, duration or cycle.` };
}

/** As drawn. */
export function sourceOf(expression: Expression): string {
  return 'feel' in expression ? `=${expression.feel}` : expression.literal;
}
