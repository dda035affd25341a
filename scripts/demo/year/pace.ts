/**
 * How fast a year can be played here. A process clock that outruns the machine leaves touches undone, so the clock is set by how long
 * the steps of one patient take.
 */
import type { Session } from '../client.ts';
import type { Stage } from '../play.ts';
import { playOf } from '../play.ts';
import { aYearClock } from './clock.ts';

/** Events, touches and calls of the year, as many as two processors do at once, with room. */
const stepsInARow = 1500;
const shortest = 60;
const longest = 900;

/** @returns seconds for the year */
export async function paceOf(stage: Stage, run: string): Promise<number> {
  const facility = 'BJ';
  const [hospital, caller] = await Promise.all([
    stage.personAt('hospital-system', facility),
    stage.personAt('callback', facility),
  ]);
  const patient = `MR-${facility}-${run}-00`;
  const about = { source: 'demo-his', facility, patient, clock: aYearClock(1, 1).scale };
  const occurredAt = new Date().toISOString();
  const since = Date.now();
  const details = { type: 'patientChanged', data: { name: '钟试之', phone: '13800099999' } };
  await hospital.post('/api/events', { ...about, ...details, id: `${patient}/1`, sequence: 1, occurredAt });
  const visit = { visit: `V-${run}-00`, kind: 'first', department: 'consultation' };
  const visited = { type: 'visited', data: visit, episode: `E-${run}-00` };
  await hospital.post('/api/events', { ...about, ...visited, id: `${patient}/2`, sequence: 2, occurredAt });
  const chain = `${facility}-E-${run}-00`;
  await playOf(stage, { facility, classification: 'service' }, chain).until('the chain begins', () =>
    hasChain(caller, patient),
  );
  const stepMs = (Date.now() - since) / 3;
  return Math.round(Math.min(longest, Math.max(shortest, (stepMs * stepsInARow) / 1000)));
}

/** @returns false: none has begun */
async function hasChain(session: Session, patient: string): Promise<boolean> {
  const { items } = await session.get<{ items: unknown[] }>(`/api/follow-ups?patient=${patient}&limit=1`);
  return items.length > 0;
}
