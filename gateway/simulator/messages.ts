/** What the simulated carrier keeps of each letter, in memory and, where it has a file, in that: a line for each change, the last one counts. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const stateSchema = z.enum(['taken', 'delivered', 'failed']);

const messageSchema = z.object({
  /** Of the carrier: a letter that is sent twice is two of them. */
  id: z.string(),
  mark: z.string(),
  address: z.string(),
  text: z.string(),
  lane: z.string(),
  facility: z.string(),
  takenAt: z.string(),
  state: stateSchema,
  code: z.string().optional(),
  /** No answer came to the request that sent it. */
  unanswered: z.boolean(),
  /** What became of its receipt. */
  receipt: z.enum(['due', 'told', 'refused', 'lost']),
  /** Number of queries. */
  asked: z.number(),
});

export type Message = z.output<typeof messageSchema>;

export interface Messages {
  all(): readonly Message[];
  count(): number;
  byId(id: string): Message | undefined;
  /** The first one of a letter. */
  byMark(mark: string): Message | undefined;
  /** Adds it, or writes down what has changed in it. */
  keep(message: Message): void;
}

/** @param file absent: it is forgotten with the process */
export function createMessages(file?: string): Messages {
  const byId = new Map<string, Message>();
  const marks = new Map<string, Message>();
  const add = (message: Message): void => {
    byId.set(message.id, message);
    const first = marks.get(message.mark);
    if (!first || first.id === message.id) marks.set(message.mark, message);
  };
  if (file !== undefined && existsSync(file))
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      const message = lineSchema.safeParse(line);
      if (message.success) add(message.data);
    }
  return {
    all: () => [...byId.values()],
    count: () => byId.size,
    byId: (id) => byId.get(id),
    byMark: (mark) => marks.get(mark),
    keep(message) {
      add(message);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(message)}\n`);
    },
  };
}

/** A line that was cut off by the end of the process is none. */
const lineSchema = z
  .string()
  .transform((line, context) => {
    try {
      return JSON.parse(line) as unknown;
    } catch {
      context.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(messageSchema);
