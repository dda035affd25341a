/** A stream of server-sent events, read as it comes. */
import { eventually } from '../../support/runtime.ts';
import type { Body, Caller } from './support.ts';

export interface ServerEvent {
  event: string;
  id: string;
  data: Body;
}

export interface EventStream {
  status: number;
  events: ServerEvent[];
  /** The first event that fits, also one that has come already. */
  until(fits: (one: ServerEvent) => boolean): Promise<ServerEvent>;
  ended(): boolean;
  close(): void;
}

export async function openEvents(address: string, who: Caller, lastEventId?: string): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(`${address}/api/events`, {
    headers: { ...who.headers, ...(lastEventId !== undefined && { 'Last-Event-ID': lastEventId }) },
    signal: abort.signal,
  });
  const events: ServerEvent[] = [];
  let ended = false;
  const read = async () => {
    let rest = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      const blocks = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) if (block.includes('event: ')) events.push(parsed(block));
    }
  };
  read()
    .catch(() => undefined)
    .finally(() => {
      ended = true;
    });
  return {
    status: response.status,
    events,
    until: (fits) => eventually(async () => events.find(fits)),
    ended: () => ended,
    close: () => abort.abort(),
  };
}

function parsed(block: string): ServerEvent {
  const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
  return { event: field('event'), id: field('id'), data: JSON.parse(field('data')) };
}
