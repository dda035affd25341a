/** Settings of a program, read once from its environment: all errors are reported together. */
import { z } from 'zod';

type Readers<Read> = { [Name in keyof Read]: () => Read[Name] };

/** @throws Error with a line for each invalid setting */
export function readTogether<Read extends Record<string, unknown>>(readers: Readers<Read>): Read {
  const problems: string[] = [];
  const read = Object.fromEntries(
    Object.entries(readers).map(([name, reader]) => {
      try {
        return [name, (reader as () => unknown)()];
      } catch (error) {
        problems.push(error instanceof z.ZodError ? z.prettifyError(error) : String((error as Error).message));
        return [name, undefined];
      }
    }),
  );
  if (problems.length > 0) throw new Error(`Invalid environment:\n${problems.join('\n')}`);
  return read as Read;
}
