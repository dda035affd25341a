/**
 * `npm run conformance:chains -- [--chains=500] [--seed=N] [--side-by-side=8]`: follow-up chains on real servers through two years,
 * while worker, database, Temporal and carrier are killed at random; then each beside the oracle (docs/proof.md).
 */
import { parseArgs } from 'node:util';
import { aStage } from '../../scripts/demo/play.ts';
import { yearOf } from '../../scripts/demo/year/clock.ts';
import { connectStore, disconnectStore } from '../../store/db/connection.ts';
import { letterMark, listMessagesOf } from '../../store/messaging/outbox.ts';
import { findFollowUp } from '../../store/processes/followUp/follow-up-store.ts';
import { randomFractions } from '../definitions/follow-up/random-hospital.ts';
import { until, untilReady } from '../support/careloop.ts';
import { type ChainSeen, faultsOf } from './chains/check.ts';
import { type Lab, startLab } from './chains/lab.ts';
import { live } from './chains/live.ts';
import { type Episode, randomEpisode } from './chains/story.ts';

const days = 730;

const { values } = parseArgs({
  options: {
    chains: { type: 'string', default: '500' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'side-by-side': { type: 'string', default: '8' },
  },
});
const [chains, seed, sideBySide] = [Number(values.chains), Number(values.seed), Number(values['side-by-side'])];
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const lab = await startLab();
try {
  process.exitCode = (await prove(lab)) > 0 ? 1 : 0;
} finally {
  await lab.close();
}

/** @returns how many chains differ */
async function prove({ careloop, killUntil, taken }: Lab): Promise<number> {
  say(`seed ${seed}: ${chains} chains through ${days} days`);
  const since = Date.now();
  const stage = aStage(careloop.url, careloop.password, 1);
  const year = yearOf(days);
  const begins = Math.round(Date.parse(`${year.dateOf(0)}T00:00:00Z`) / 86_400_000);
  const episodes = Array.from({ length: chains }, (_, n) => randomEpisode(seed, n, { begins, days }));
  const broken = new Map<Episode, string>();
  let isOver = false;
  const killing = killUntil(() => isOver, randomFractions(seed));
  await liveAll(episodes, async (episode) => {
    await live(stage, year, begins, episode).catch((error: Error) => broken.set(episode, error.message));
  });
  isOver = true;
  const kills = await killing;
  say(
    `lived in ${Math.round((Date.now() - since) / 1000)} s; ${[...kills].map(([part, times]) => `${part} killed ${times} times`).join(', ')}`,
  );
  await untilReady(careloop);
  await connectStore(careloop.mongodbUri);
  try {
    return await compare();
  } finally {
    await disconnectStore();
  }

  async function compare(): Promise<number> {
    let differ = 0;
    const states = new Map<string, number>();
    for (const episode of episodes) {
      const seen = await until(`the letters of ${episode.chain} are out`, () => seenOf(episode));
      for (const { state } of seen.touches) states.set(state, (states.get(state) ?? 0) + 1);
      const problem = broken.get(episode);
      const faults = [
        ...(problem === undefined ? [] : [problem]),
        ...faultsOf(episode, seen, new Date().toISOString()),
      ];
      if (faults.length === 0) continue;
      differ += 1;
      say(`${episode.chain}\n  ${faults.join('\n  ')}`);
    }
    const counted = [...states].map(([state, many]) => `${state} ${many}`).join(', ');
    say(`${chains - differ} of ${chains} as the oracle says: ${counted}`);
    return differ;
  }

  /** @returns undefined while a letter is under way */
  async function seenOf({ chain, patient }: Episode): Promise<ChainSeen | undefined> {
    const row = await findFollowUp(chain);
    if (!row) return { status: 'none', touches: [], letters: [] };
    const letters = (await listMessagesOf(`followUp/${chain}`)).filter((one) => one.patient === patient);
    if (letters.some(({ status }) => ['queued', 'sending', 'unknown'].includes(status))) return undefined;
    return {
      status: row.status,
      touches: row.touches,
      letters: letters.map(({ _id, data, status }) => ({
        touch: String(data?.['touchId']),
        status,
        taken: taken(letterMark(_id)),
      })),
    };
  }
}

async function liveAll(episodes: readonly Episode[], one: (episode: Episode) => Promise<void>): Promise<void> {
  const waiting = episodes[Symbol.iterator]();
  let lived = 0;
  const line = async (): Promise<void> => {
    for (const episode of waiting) {
      await one(episode);
      lived += 1;
      if (lived % 10 === 0) say(`${lived} of ${episodes.length}`);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, line));
}
