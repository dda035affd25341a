/** The messages a plan sends and the signals it throws. A name that is an expression begins with `=`. */
import type { EventDefinition, Expression, Plan } from '../model/plan.ts';

const nameOf = (name: Expression): string => ('literal' in name ? name.literal : `=${name.feel}`);

/** Thrown by drawn events, and by multi-instance activities as their instances complete. */
function thrown(plan: Plan): EventDefinition[] {
  return Object.values(plan.elements).flatMap((element) => {
    if (element.kind === 'endEvent' || element.kind === 'intermediateThrowEvent') return element.events;
    if (!('loop' in element) || element.loop?.type !== 'multi') return [];
    const { noneEvent, oneEvent, complex = [] } = element.loop;
    return [noneEvent ?? [], oneEvent ?? [], complex.map(({ event }) => event)].flat();
  });
}

export function sentByPlan(plan: Plan): string[] {
  const tasks = Object.values(plan.elements).flatMap((element) =>
    element.kind === 'sendTask' && element.message ? [nameOf(element.message.name)] : [],
  );
  return [...tasks, ...thrown(plan).flatMap((event) => (event.type === 'message' ? [nameOf(event.name)] : []))];
}

export function thrownByPlan(plan: Plan): string[] {
  return thrown(plan).flatMap((event) => (event.type === 'signal' ? [nameOf(event.name)] : []));
}
