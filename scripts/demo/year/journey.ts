/**
 * One patient through the year, step by step: the clock of the chain goes to its next timer or the hospital's next event, and waits
 * there until the staff have done what is due.
 */
import { chainClock } from './chain-clock.ts';
import { type Act, type Desk, doTask, solveRemark } from './desk.ts';
import { type Hospital, tell } from './events.ts';
import { chainOf, type Story, type Told } from './stories.ts';

export interface Journey {
  story: Story;
  /** Process time that it has reached. */
  readonly at: string;
  readonly isOver: boolean;
  step(): Promise<void>;
}

export interface Watcher {
  told(journey: Journey, told: Told): void;
  done(journey: Journey, act: Act): void;
  say(journey: Journey, what: string): void;
}

export function journeyOf(hospital: Hospital, story: Story, watcher: Watcher): Journey {
  const { year, stage } = hospital;
  const tries = new Map<string, number>();
  let remarks = 0;
  let sequence = 0;
  let at = year.at(story.told[0]?.day ?? 0);
  let running = false;
  let isOver = false;

  const journey: Journey = {
    story,
    get at() {
      return at;
    },
    get isOver() {
      return isOver;
    },
    async step() {
      const next = story.told[sequence];
      const until = next ? year.at(next.day, next.hour) : year.end;
      if (running) ({ running, now: at } = await clock.goOn(until));
      if (next && !(running && at < until)) await hear(next, until);
      else if (!running) isOver = true;
      for (; remarks > 0; remarks -= 1) await solveRemark(stage, story);
    },
  };

  const desk: Desk = {
    stage,
    done: (act) => watcher.done(journey, act),
    say: (what) => watcher.say(journey, what),
  };
  const clock = chainClock(stage, chainOf(story), async (tasks) => {
    for (const task of tasks) if (await doTask(desk, story, task, tries)) remarks += 1;
  });

  async function hear(told: Told, now: string): Promise<void> {
    at = now;
    sequence += 1;
    await tell(hospital, story, sequence);
    watcher.told(journey, told);
    if (isEnd(told)) {
      await clock.untilEnded();
      running = false;
    } else if (!told.isOfPatient) running = await clock.untilHeard();
  }

  return journey;
}

const isEnd = ({ type, data }: Told): boolean =>
  type === 'died' ||
  type === 'transferred' ||
  (type === 'consentChanged' && data['purpose'] === 'service' && !data['given']);
