/** Batches concurrent database calls into one command. */
import { isUnavailable } from './availability.ts';

interface Call<Ask, Answer> {
  ask: Ask;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/** A command that hangs delays the next one by no more than this. */
const patienceMs = 100;

/**
 * Calls made while a command is in flight are batched into the next one, which waits for it only for a short time. The command that answers a
 * call starts after the call, so it sees everything written before. A batch that fails is repeated call by call, so that an invalid call
 * fails alone.
 * @param work returns one answer per call, in order
 * @param most calls per command
 */
export function grouped<Ask, Answer>(
  work: (asks: Ask[]) => Promise<Answer[]>,
  most = 100,
): (ask: Ask) => Promise<Answer> {
  let waiting: Call<Ask, Answer>[] = [];
  let busy = false;

  async function together(calls: Call<Ask, Answer>[]): Promise<void> {
    try {
      const answers = await work(calls.map(({ ask }) => ask));
      for (const [index, { resolve }] of calls.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      if (isUnavailable(error)) {
        // Waiting calls would only time out as well.
        for (const { reject } of [...calls, ...waiting]) reject(error);
        waiting = [];
      } else if (calls.length > 1) for (const call of calls) await together([call]);
      else calls[0]?.reject(error);
    }
  }

  async function workOff(): Promise<void> {
    busy = true;
    while (waiting.length > 0) await withinPatience(together(waiting.splice(0, most)));
    busy = false;
  }

  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      if (!busy) void workOff();
    });
}

function withinPatience(work: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patienceMs);
    void work.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
