/** Many callers, one command: what each of them asks for alone is asked of the database together. */
import { isUnavailable } from './availability.ts';

interface Call<Ask, Answer> {
  ask: Ask;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Calls that come while a command is under way go together with the next one. The command that answers a call begins after the call, so it
 * sees whatever was written before. One that fails for what one of the calls asks is repeated for each of them alone.
 * @param work answers in the order of what is asked
 * @param most calls in one command
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
        // Nobody waits for the same outage twice.
        for (const { reject } of [...calls, ...waiting]) reject(error);
        waiting = [];
      } else if (calls.length > 1) for (const call of calls) await together([call]);
      else calls[0]?.reject(error);
    }
  }

  async function workOff(): Promise<void> {
    busy = true;
    while (waiting.length > 0) await together(waiting.splice(0, most));
    busy = false;
  }

  return (ask) =>
    new Promise((resolve, reject) => {
      waiting.push({ ask, resolve, reject });
      if (!busy) void workOff();
    });
}
