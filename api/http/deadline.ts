/** Every request is answered in time: what waits for a database or a server that hangs is given up. */
import { unavailable } from './problem.ts';

/** Above the deadlines of single calls (database 5 s, Temporal 5 s), which say more precisely what is away. */
const answerWithinMs = 20_000;

/** @throws ProblemError 503 when it takes longer; the work itself goes on */
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
    'The servers behind this API did not answer in time, so it is not known yet whether this was done.',
    'Send the same request with the same Idempotency-Key again in a moment: it is done once.',
  );
