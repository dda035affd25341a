/**
 * One patient through the year, step by step: the clock of the chain goes to its next timer or the hospital's next event, and waits
 * there until the staff have done what is due. So it goes as fast as the machine, and nothing is overdue because the machine is slow.
 */
import { Refused, type Session } from '../client.ts';
import { playOf } from '../play.ts';
import { type Act, type Desk, doTask } from './desk.ts';
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

interface InstanceView {
  status: string;
  speed: number;
  waits: { kind: string; task?: string }[];
  incidents: { code: string; message: string }[];
}

/** With a complaint in between. */
const restsWithinMs = 600_000;

export function journeyOf(hospital: Hospital, operator: Session, story: Story, watcher: Watcher): Journey {
  const { year, stage } = hospital;
  const chain = chainOf(story);
  const path = `/api/instances/${encodeURIComponent(`followUp/${chain}`)}`;
  const play = playOf(stage, { facility: story.facility, classification: 'service' }, chain);
  const tries = new Map<string, number>();
  let sequence = 0;
  let at = year.at(story.told[0]?.day ?? 0);
  /** Begun, and by a clock of its own. */
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
      if (running) await goOn(until);
      if (next && !(running && at < until)) await hear(next, until);
      else if (!running) isOver = true;
    },
  };

  const desk: Desk = {
    stage,
    done: (act) => watcher.done(journey, act),
    say: (what) => watcher.say(journey, what),
  };

  /** To its next timer at most. In real time it is on its own. */
  async function goOn(to: string): Promise<void> {
    const { instance, now } = await operator.post<{ instance: InstanceView; now: string }>(`${path}/clock`, { to });
    at = now;
    running = (await isAtRest(instance)) && instance.speed !== 1;
  }

  /** @returns when nothing is left to do; false where it has ended */
  async function isAtRest(seen?: InstanceView): Promise<boolean> {
    let known = seen;
    const rest = async (): Promise<'ended' | 'waiting' | undefined> => {
      const view = known ?? (await look());
      known = undefined;
      if (view.status !== 'active') return 'ended';
      const [incident] = view.incidents;
      if (incident) throw new Error(`${incident.code}: ${incident.message}`);
      const tasks = view.waits.flatMap(({ task }) => task ?? []);
      for (const task of tasks) await doTask(desk, story, task, tries);
      return tasks.length === 0 && !view.waits.some(({ kind }) => kind === 'job') ? 'waiting' : undefined;
    };
    return (await play.until('nothing is left to do', rest, restsWithinMs)) === 'waiting';
  }

  const look = (): Promise<InstanceView> => operator.get<InstanceView>(path);

  async function hear(told: Told, now: string): Promise<void> {
    at = now;
    sequence += 1;
    await tell(hospital, story, sequence);
    watcher.told(journey, told);
    if (isEnd(told)) {
      await play.until('the chain has ended', async () => (await look()).status !== 'active');
      running = false;
    } else if (!told.isOfPatient) {
      await play.until('the chain has heard it', hasHeard);
      running = await isAtRest();
    }
  }

  /** Whether it runs, and no message lies there for it. */
  async function hasHeard(): Promise<boolean> {
    const query = `name=episodeEvent&correlationKey=${chain}&state=waiting&limit=1`;
    const { items } = await operator.get<{ items: unknown[] }>(`/api/messages?${query}`);
    return items.length === 0 && (await look().catch(undefinedAt404)) !== undefined;
  }

  return journey;
}

const isEnd = ({ type, data }: Told): boolean =>
  type === 'died' ||
  type === 'transferred' ||
  (type === 'consentChanged' && data['purpose'] === 'service' && !data['given']);

function undefinedAt404(error: unknown): undefined {
  if (!(error instanceof Refused) || error.problem.status !== 404) throw error;
}
