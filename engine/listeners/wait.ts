/** The wait of a running listener: a job under the key of the token that it blocks. */
import type { ListenerPart, WaitOf } from '../model/types.ts';

export type ListenerWait = WaitOf<'job'> & { listener: ListenerPart };

export function isListener(wait: WaitOf<'job'>): wait is ListenerWait {
  return wait.listener !== undefined;
}

/** Names one job of the several that stand under one key, so that a late answer to another one finds nothing. */
export const listenerPartId = ({ event, index }: ListenerPart): string => `${event}:${index}`;
