/** Random runs: whatever can happen happens, incidents are retried, time passes. */
import fc from 'fast-check';
import type { EngineEvent, Wait } from '../../../engine/model/types.ts';
import { calm, oneOf, possible } from './events.ts';
import { type Play, someone } from './play.ts';

export const picks = fc.infiniteStream(fc.nat(10_000));

/** From then on what only listens is left alone: events that keep making tokens would keep the instance from its end by chance alone. */
const maxDawdle = 60;
/** Nor is more begun beside what is there already. */
const maxWaits = 80;

function ownTokens(p: Play): Record<string, Wait> {
  const listening = (wait: Wait) => /^(boundaryEvent|startEvent)$/.test(p.plan.elements[wait.element]?.kind ?? '');
  return Object.fromEntries(Object.entries(p.state.waits).filter(([, wait]) => !listening(wait)));
}

/** Plays on until the end or until `most` events. */
export function wander(p: Play, from: Iterator<number>, most: number, onEvent?: (event: EngineEvent) => void): void {
  for (let i = 0; i < most && p.state.status === 'active'; i++) {
    const dawdles = i < maxDawdle && Object.keys(p.state.waits).length < maxWaits;
    const drawn = from.next().value as number;
    const pick = dawdles ? drawn : calm(drawn);
    for (const wait of Object.values(p.state.waits))
      if (wait.incident) p.send({ type: 'retry', key: wait.key, by: someone });
    const pressing = dawdles ? [] : possible({ ...p.state, waits: ownTokens(p) }, pick);
    const events = pressing.length > 0 ? pressing : possible(p.state, pick);
    if (events.length === 0) return;
    const event = oneOf(events, pick);
    if (event.type === 'timer') timePasses(p, event);
    p.send(event);
    onEvent?.(event);
  }
}

function timePasses(p: Play, event: Extract<EngineEvent, { type: 'timer' }>): void {
  const wait = p.state.waits[event.key];
  const trigger = wait?.kind === 'event' ? wait.triggers[event.trigger] : undefined;
  if (trigger?.type === 'timer' && trigger.dueAt > p.now) p.now = trigger.dueAt;
}
