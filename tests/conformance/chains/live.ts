/** One episode on real servers: the hospital tells of it day by day, and the clock of its chain goes from timer to timer until today. */
import type { Stage } from '../../../scripts/demo/play.ts';
import { chainClock } from '../../../scripts/demo/year/chain-clock.ts';
import type { Year } from '../../../scripts/demo/year/clock.ts';
import { type Episode, requestOf } from './story.ts';

/** @param begins the first day of the year, as days since 1970 */
export async function live(stage: Stage, year: Year, begins: number, episode: Episode): Promise<void> {
  const { patient, chain, phone, told, stops } = episode;
  const hospital = await stage.personAt('hospital-system', 'BJ');
  const clock = chainClock(stage, chain);
  const about = { source: 'his', facility: 'BJ', patient };
  const known = { id: `${chain}/0`, type: 'patientChanged', sequence: 0, data: { name: '王女士', phone } };
  await hospital.post('/api/events', { ...about, ...known, occurredAt: year.at(0), clock: year.clockAt(year.at(0)) });

  let running = false;
  async function goOnUntil(to: string): Promise<void> {
    for (let now = ''; running && now < to; ) ({ now, running } = await clock.goOn(to));
  }

  for (const { on, told: events } of told) {
    const at = year.at(on - begins, 9);
    await goOnUntil(at);
    for (const one of events) {
      await hospital.post('/api/events', requestOf(episode, one, year.clockAt(at)));
      running = await clock.untilHeard();
    }
  }
  if (stops === undefined) return goOnUntil(year.end);
  const at = year.at(stops - begins, 12);
  await goOnUntil(at);
  const end = { id: `${chain}/end`, type: 'transferred', sequence: 999, data: {} };
  await hospital.post('/api/events', { ...about, ...end, occurredAt: at, clock: year.clockAt(at) });
  if (told.length > 0) await clock.untilEnded();
}
