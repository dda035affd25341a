/**
 * The one stream of changes of this page. It is open while the page is in sight: browsers allow an address few connections, over all its
 * pages. Back in sight it goes on where it broke off.
 */
import type { Change } from './client.ts';

export interface ChangeListener {
  changed?(change: Change): void;
  /** Changes may have been missed: everything is fetched again. */
  reset?(): void;
  loggedOut?(): void;
}

const retryMs = 15_000;

const listeners = new Set<ChangeListener>();
let source: EventSource | undefined;
let lastId: string | undefined;
let retry: ReturnType<typeof setTimeout> | undefined;
let connected = false;

export const isConnected = (): boolean => connected;

/** @returns closes the stream */
export function listen(listener: ChangeListener): () => void {
  listeners.add(listener);
  if (listeners.size === 1) document.addEventListener('visibilitychange', follow);
  follow();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    document.removeEventListener('visibilitychange', follow);
    close();
  };
}

function follow(): void {
  if (document.visibilityState === 'hidden') close();
  else if (!source) open();
}

function open(): void {
  clearTimeout(retry);
  const stream = new EventSource(`/api/events${lastId === undefined ? '' : `?after=${lastId}`}`);
  source = stream;
  const on = (name: string, act: (data: string) => void) =>
    stream.addEventListener(name, (event) => {
      lastId = event.lastEventId;
      connected = true;
      act(event.data as string);
    });
  on('ready', () => {});
  on('change', (data) => tell((one) => one.changed?.(JSON.parse(data) as Change)));
  on('reset', () => tell((one) => one.reset?.()));
  on('logged-out', () => {
    tell((one) => one.loggedOut?.());
    tryLater();
  });
  stream.onerror = () => {
    connected = false;
    // Refused, for instance without a session; otherwise the browser connects again by itself.
    if (stream.readyState === EventSource.CLOSED) tryLater();
  };
}

function tryLater(): void {
  close();
  retry = setTimeout(follow, retryMs);
}

function close(): void {
  clearTimeout(retry);
  source?.close();
  source = undefined;
  connected = false;
}

function tell(act: (listener: ChangeListener) => void): void {
  for (const one of listeners) act(one);
}
