/** Deadline of each request, for a database or server that accepts the connection and does not answer. */
import { unavailable } from './problem.ts';

/** Longer than the deadlines of single calls (database 5 s, Temporal 5 s), whose errors are more specific. */
const answerWithinMs = 20_000;

/** @throws ProblemError 503 on expiry; the work itself is not cancelled */
export async function withinDeadline<T>(work: Promise<T>, withinMs = answerWithinMs): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooSlow()), withinMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow = () =>
  unavailable(
    'no-answer-in-time',
    'A server behind this API did not answer in time; whether the request took effect is unknown.',
    'Repeat the request with the same Idempotency-Key in a moment; it takes effect once.',
  );
