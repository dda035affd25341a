/**
 * Random chains against the oracle, minute by minute: each touch once or with its reason; none at night or after the end; facts that come
 * twice or late change nothing. More of them, and others (docs/proof.md):
 * `FOLLOW_UP_CHAINS=2000 FOLLOW_UP_SEED=random npx vitest run --project definitions tests/definitions/follow-up/oracle.test.ts`.
 */
import { expect, it } from 'vitest';
import { episodeFacts } from '../../../store/patients/episode-facts.ts';
import { inOrder } from '../../../store/patients/hospital-events.ts';
import { definitionsOf } from '../../kit/story.ts';
import { daysOf, dayText, type Told } from './oracle-days.ts';
import { playChain } from './random-chain.ts';
import { eventOf, firstEvent, nextEvents, randomFractions } from './random-hospital.ts';

const chains = Number(process.env['FOLLOW_UP_CHAINS'] ?? 120);
const given = process.env['FOLLOW_UP_SEED'] ?? '20270301';
const seed = given === 'random' ? Math.floor(Math.random() * 1e9) : Number(given);

it(`${chains} chains from seed ${seed} go as the oracle says`, { timeout: chains * 10_000 }, async () => {
  const definitions = await definitionsOf({ definition: 'followUp' });
  let checks = 0;
  for (let n = 0; n < chains; n += 1) {
    try {
      checks += playChain(definitions, seed + n);
    } catch (error) {
      throw new Error(`chain ${seed + n} (FOLLOW_UP_SEED=${seed + n} FOLLOW_UP_CHAINS=1)`, { cause: error });
    }
  }
  expect(checks).toBeGreaterThan(chains * 4);
});

/** An episode with so many things told of it. */
function told(n: number): { events: Told[]; random: () => number } {
  const random = randomFractions(seed + n);
  const hospital = { random, told: [] };
  firstEvent(hospital, 20_900);
  for (let step = 0; step < 20; step += 1) nextEvents(hospital, 20_900 + 3 * step);
  return { events: hospital.told, random };
}

const factsOf = (events: Told[]) => episodeFacts(inOrder(events.map(eventOf)));

it('the days of an episode are those of the oracle, in whatever order its events came', () => {
  for (let n = 0; n < 2000; n += 1) {
    const { events, random } = told(n);
    const mixed = events.map((one) => ({ one, rank: random() })).sort((a, b) => a.rank - b.rank);
    const { anchors, ...facts } = factsOf(mixed.map(({ one }) => one));
    const { days, ...expected } = daysOf(events);
    const texts = Object.entries(days).map(([name, all]) => [
      name,
      all.map(({ on, ref }) => ({ on: dayText(on), ref })),
    ]);
    expect([seed + n, facts, anchors]).toEqual([seed + n, expected, Object.fromEntries(texts)]);
  }
});

it('what is told once more by another system changes nothing, and moved twice is moved once', () => {
  for (let n = 0; n < 500; n += 1) {
    const { events } = told(n);
    const doubled = events.flatMap((one) => [one, { ...one, sequence: one.sequence + 0.5 }]);
    expect([seed + n, factsOf(doubled)]).toEqual([seed + n, factsOf(events)]);
    const overtaken = events.filter((one, at) => {
      const next = events[at + 1];
      return !(one.type.startsWith('moved') && next?.type === one.type && next.number === one.number);
    });
    expect([seed + n, factsOf(overtaken)]).toEqual([seed + n, factsOf(events)]);
  }
});
