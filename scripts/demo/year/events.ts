/** The hospital's systems in the demo's year: what they tell of a patient, and the patient's reply to a letter. */
import type { Stage } from '../play.ts';
import type { Year } from './clock.ts';
import { optOut, type Story, type Told } from './stories.ts';

export interface Hospital {
  year: Year;
  stage: Stage;
  /** Answers a letter as the patient; undefined: letters go out by no simulated carrier. */
  reply: ((phone: string, text: string) => Promise<void>) | undefined;
}

/** @param sequence of the event among those of the patient, from 1 */
export async function tell({ year, stage, reply }: Hospital, story: Story, sequence: number): Promise<void> {
  const told = story.told[sequence - 1];
  if (!told) return;
  if (told.type === optOut && reply) return reply(story.phone, 'R');
  const session = await stage.personAt('hospital-system', story.facility);
  await session.post('/api/events', eventOf(year, story, told, sequence));
}

function eventOf(year: Year, story: Story, told: Told, sequence: number): object {
  const { day, hour, on = day, type, data, days = {}, isOfPatient } = told;
  const { patient, facility, episode } = story;
  return {
    source: 'demo-his',
    id: `${patient}/${sequence}`,
    type: type === optOut ? 'consentChanged' : type,
    occurredAt: year.at(on, hour),
    sequence,
    facility,
    patient,
    ...(!isOfPatient && { episode }),
    data: {
      ...data,
      ...Object.fromEntries(Object.entries(days).map(([name, of]) => [name, year.dateOf(of)])),
    },
    clock: year.clockAt(year.at(day, hour)),
  };
}
