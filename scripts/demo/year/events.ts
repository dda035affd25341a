/** The hospital's systems in the demo's year: each event is told when its time has come by the process clock. */
import type { Stage } from '../play.ts';
import type { YearClock } from './clock.ts';
import { optOut, type Story, type Told } from './stories.ts';

export interface Hospital {
  clock: YearClock;
  stage: Stage;
  /** Answers a letter as the patient; undefined: letters go out by no simulated carrier. */
  reply: ((phone: string, text: string) => Promise<void>) | undefined;
  told(story: Story, told: Told): void;
}

/** One after another, as they happen to one patient. */
export async function tellStory(hospital: Hospital, story: Story): Promise<void> {
  const session = await hospital.stage.personAt('hospital-system', story.facility);
  for (const [index, told] of story.told.entries()) {
    await hospital.clock.until(hospital.clock.at(told.day, told.hour));
    if (told.type === optOut && hospital.reply) await hospital.reply(story.phone, 'R');
    else await session.post('/api/events', eventOf(hospital.clock, story, told, index + 1));
    hospital.told(story, told);
  }
}

function eventOf(clock: YearClock, story: Story, told: Told, sequence: number): object {
  const { day, hour, on = day, type, data, days = {}, isOfPatient } = told;
  const { patient, facility, episode } = story;
  return {
    source: 'demo-his',
    id: `${patient}/${sequence}`,
    type: type === optOut ? 'consentChanged' : type,
    occurredAt: clock.at(on, hour),
    sequence,
    facility,
    patient,
    ...(!isOfPatient && { episode }),
    data: {
      ...data,
      ...Object.fromEntries(Object.entries(days).map(([name, of]) => [name, clock.dateOf(of)])),
    },
    clock: clock.scale,
  };
}
