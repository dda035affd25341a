/** Whether processes can be started now: what the API's /readyz says, and waiting for it. */
import { failure, messageOf } from './failure.ts';

export type Readiness = { ready: true } | { ready: false; why: string };

const ANSWER_WITHIN_MS = 5000;

export async function readiness(apiAddress: string): Promise<Readiness> {
  try {
    const response = await fetch(`${apiAddress}/readyz`, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
    const body = await response.text();
    return response.status === 200
      ? { ready: true }
      : { ready: false, why: `/readyz answers ${response.status}: ${oneLine(body)}` };
  } catch {
    return { ready: false, why: 'the API does not answer yet' };
  }
}

export interface WaitOptions {
  timeoutMs: number;
  signal: AbortSignal;
  onProgress(why: string): void;
  /** A sentence when waiting longer is of no use. */
  hopeless(): string | undefined;
}

/** Returns when the API is ready. Throws when it is not in time, or cannot become so. */
export async function untilApiIsReady(apiAddress: string, options: WaitOptions): Promise<void> {
  const deadline = Date.now() + options.timeoutMs;
  for (;;) {
    options.signal.throwIfAborted();
    const answer = await readiness(apiAddress);
    if (answer.ready) return;
    options.onProgress(answer.why);
    const sentence = options.hopeless();
    if (sentence) throw failure('not-ready', sentence, 'The logs say more: ./careloop logs');
    if (Date.now() > deadline) {
      throw failure(
        'not-ready',
        `Not ready after ${options.timeoutMs / 1000} s: ${answer.why}.`,
        'The logs say more: ./careloop logs',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
}

function oneLine(body: string): string {
  try {
    const problem: unknown = JSON.parse(body);
    if (problem && typeof problem === 'object' && 'detail' in problem) return String(problem.detail);
  } catch (error) {
    return `${body.slice(0, 200)} (${messageOf(error)})`;
  }
  return body.slice(0, 300).replaceAll('\n', ' ');
}
