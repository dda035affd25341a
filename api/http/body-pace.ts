/** How slowly a body may come: after a moment no slower than a bad mobile line, so that a trickle holds no connection for long. */
import type { IncomingMessage } from 'node:http';
import { ProblemError } from './problem.ts';

/** Without any of it. */
const graceMs = 10_000;
const bytesPerSecond = 8_000;
const lookEveryMs = 1000;

/**
 * Watches the connection while its body comes.
 * @param onSlow called once, when it comes too slowly
 * @returns ends the watch
 */
export function watchPace(request: IncomingMessage, onSlow: (problem: ProblemError) => void): () => void {
  const { socket } = request;
  const [since, before] = [Date.now(), socket.bytesRead];
  const timer = setInterval(() => {
    const allowedMs = graceMs + ((socket.bytesRead - before) / bytesPerSecond) * 1000;
    if (request.complete || Date.now() - since <= allowedMs) return;
    clearInterval(timer);
    onSlow(bodyTooSlow());
  }, lookEveryMs);
  return () => clearInterval(timer);
}

export const bodyTooSlow = (): ProblemError =>
  new ProblemError({
    status: 408,
    code: 'upload-too-slow',
    detail: 'The body did not arrive in time.',
    hint: 'Send it again over a better connection, with the same Idempotency-Key.',
    headers: { Connection: 'close' },
  });
