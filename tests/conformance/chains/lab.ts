/** A whole Careloop with a simulated carrier, of which parts are killed at random and started again. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { scenarioNamed } from '../../../gateway/simulator/scenario.ts';
import { type Simulator, startSimulator } from '../../../gateway/simulator/server.ts';
import { freePort } from '../../../scripts/servers/ports.ts';
import type { Random } from '../../definitions/follow-up/random-hospital.ts';
import { type Careloop, startCareloop } from '../../support/careloop.ts';

const killable = ['worker', 'mongodb', 'temporal', 'carrier'] as const;
type Killable = (typeof killable)[number];

export interface Lab {
  careloop: Careloop;
  /** How often the carrier has taken a letter, by its mark. */
  taken(mark: string): number;
  /** Kills a part at random every few seconds until it is over. @returns how often each was killed */
  killUntil(isOver: () => boolean, random: Random): Promise<Map<Killable, number>>;
  close(): Promise<void>;
}

export async function startLab(): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-chains-'));
  const port = await freePort();
  const secret = 'callbacks-of-the-proof-of-chains';
  Object.assign(process.env, {
    CARELOOP_GATEWAY: 'simulator',
    CARELOOP_SIMULATOR_URL: `http://127.0.0.1:${port}`,
    CARELOOP_CALLBACK_SECRET: secret,
  });
  const careloop = await startCareloop();
  const callbacks = `${careloop.url}/api/callbacks/${secret}`;
  const carrier = (): Promise<Simulator> =>
    startSimulator({ port, scenario: scenarioNamed('calm'), callbacks, file: join(folder, 'carrier.jsonl') });
  let running = await carrier();

  async function killOne(part: Killable, random: Random): Promise<void> {
    if (part === 'carrier') await running.close();
    else await careloop.kill(part);
    await delay(200 + random() * 1500);
    if (part === 'carrier') running = await carrier();
    else await careloop.start(part);
  }

  return {
    careloop,
    taken: (mark) => running.messages().filter((one) => one.mark === mark).length,
    async killUntil(isOver, random) {
      const kills = new Map<Killable, number>();
      for (;;) {
        await delay(3000 + random() * 6000);
        if (isOver()) return kills;
        const part = killable[Math.floor(random() * killable.length)] as Killable;
        await killOne(part, random);
        kills.set(part, (kills.get(part) ?? 0) + 1);
      }
    },
    async close() {
      await running.close();
      await careloop.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
