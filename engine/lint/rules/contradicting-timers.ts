/** Timers of one activity, or after one event-based gateway, of which one is never waited for to the end. */
import { body, child, eventDefinitionsOf, isA, type ModdleElement } from '../../compile/element.ts';
import { fixedMsOf, monthsOf, parseDuration } from '../../time/duration.ts';
import { isInterrupting } from '../graph.ts';
import { called, type Finding, type LintRule } from '../rule.ts';

interface Clock {
  event: ModdleElement;
  /** What is written there. */
  source: string;
  /** Milliseconds to its first firing; absent when it is not known before. */
  first?: number;
  ends: boolean;
}

/** Of months and years nothing is said: how long they are depends on when they begin. */
function fixedMs(source: string): number | undefined {
  try {
    const duration = parseDuration(source.replace(/^R\d*\//, ''));
    return monthsOf(duration) === 0 ? fixedMsOf(duration) : undefined;
  } catch {
    return undefined;
  }
}

function clockOf(event: ModdleElement, ends: boolean): Clock[] {
  const definitions = eventDefinitionsOf(event);
  const [definition] = definitions;
  if (definitions.length !== 1 || definition?.$type !== 'bpmn:TimerEventDefinition') return [];
  for (const form of ['timeDuration', 'timeCycle', 'timeDate']) {
    const source = body(child(definition, form));
    if (source === undefined) continue;
    const first = form === 'timeDate' || source.startsWith('=') ? undefined : fixedMs(source);
    return [{ event, source: `${form} ${source}`, ends, ...(first !== undefined && { first }) }];
  }
  return [];
}

function compare(clocks: Clock[], where: string): Finding[] {
  return clocks.flatMap((clock, index): Finding[] => {
    const same = clocks.slice(0, index).find((other) => other.source === clock.source && other.ends === clock.ends);
    if (same)
      return [
        { at: clock.event, message: `${called(clock.event)} is the same timer as ${called(same.event)} ${where}.` },
      ];
    const earlier = clocks.find(
      (other) =>
        other !== clock &&
        other.ends &&
        other.first !== undefined &&
        clock.first !== undefined &&
        (other.first < clock.first || (other.first === clock.first && !clock.ends)),
    );
    return earlier
      ? [
          {
            at: clock.event,
            message: `${called(clock.event)} never fires: ${called(earlier.event)} ends the waiting ${where} before.`,
          },
        ]
      : [];
  });
}

export const contradictingTimers: LintRule = {
  code: 'contradicting-timers',
  severity: 'warning',
  hint: 'Remove one of the timers, or let the one that ends the waiting come last.',
  of: 'bpmn:FlowNode',
  find(node, { diagram }) {
    if (isA(node, 'bpmn:EventBasedGateway')) {
      if (node.get?.('eventGatewayType') === 'Parallel') return [];
      const targets = diagram.outgoing(node).flatMap((flow) => child(flow, 'targetRef') ?? []);
      return compare(
        targets.flatMap((event) => clockOf(event, true)),
        `after ${called(node)}`,
      );
    }
    if (!isA(node, 'bpmn:Activity')) return [];
    const events = diagram.all('bpmn:BoundaryEvent').filter((event) => child(event, 'attachedToRef') === node);
    return compare(
      events.flatMap((event) => clockOf(event, isInterrupting(event))),
      `at ${called(node)}`,
    );
  },
};
