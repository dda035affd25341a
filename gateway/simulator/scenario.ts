/** How the simulated carrier behaves: chances of what goes wrong, limits, outages. The same seed and letter meet the same. */
import { z } from 'zod';

const chance = z.number().min(0).max(1).default(0);
const milliseconds = z.number().int().min(0);
const count = z.number().int().positive();

export const scenarioSchema = z.strictObject({
  seed: z.number().int().default(1),
  /** It answers that it does not take the letter: for good, for now, or any of its lane. */
  reject: z.strictObject({ never: chance, later: chance, pause: chance }).prefault({}),
  /** It does not answer; the letter goes out all the same, or is lost. */
  silent: z.strictObject({ sent: chance, lost: chance }).prefault({}),
  receipt: z
    .strictObject({
      /** After the letter was taken; what is late comes so much later. */
      afterMs: milliseconds.default(3000),
      lateMs: milliseconds.default(6 * 3_600_000),
      /** Says that the letter did not arrive. */
      failed: chance,
      lost: chance,
      late: chance,
      doubled: chance,
      /** Comes before the answer to the request that sent the letter. */
      early: chance,
    })
    .prefault({}),
  reply: z
    .strictObject({
      chance,
      texts: z.array(z.string().min(1)).min(1).default(['1']),
      afterMs: milliseconds.default(60_000),
    })
    .prefault({}),
  /** Letters a day, by the calendar of the carrier: to one number (beyond it: later), and in all (beyond it: the lane pauses). */
  caps: z.strictObject({ perNumber: count.optional(), inAll: count.optional() }).prefault({}),
  bannedWords: z.array(z.string().min(1)).default([]),
  outages: z.array(z.strictObject({ from: z.iso.datetime(), to: z.iso.datetime() })).default([]),
});

export type Scenario = z.output<typeof scenarioSchema>;

const named = {
  calm: {},
  rough: {
    reject: { never: 0.02, later: 0.05 },
    silent: { sent: 0.05, lost: 0.02 },
    receipt: { failed: 0.05, lost: 0.05, late: 0.1, doubled: 0.1, early: 0.1 },
    reply: { chance: 0.2, texts: ['1', '2', '3', 'R'] },
  },
  strict: { caps: { perNumber: 3, inAll: 1000 }, bannedWords: ['整容', '美白', '最佳'] },
} satisfies Record<string, z.input<typeof scenarioSchema>>;

export const scenarioNames = Object.keys(named) as [ScenarioName, ...ScenarioName[]];
export type ScenarioName = keyof typeof named;

export const scenarioNamed = (name: ScenarioName): Scenario => scenarioSchema.parse(named[name]);
