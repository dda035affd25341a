/**
 * The process clock of one chain, put forward when its work is done: so it goes as fast as the machine, and nothing is overdue because
 * the machine is slow.
 */
import { Refused } from '../client.ts';
import { type Stage, untilThere } from '../play.ts';

export interface ChainClock {
  /** To the next timer before `to`, or to it. @returns the process time; `running`: there is more to come by this clock */
  goOn(to: string): Promise<{ now: string; running: boolean }>;
  /** After an event of its episode. @returns whether it runs */
  untilHeard(): Promise<boolean>;
  untilEnded(): Promise<void>;
}

interface InstanceView {
  status: string;
  startedAt: string;
  speed: number;
  waits: { kind: string; task?: string }[];
  incidents: { code: string; message: string }[];
}

/** With a complaint in between. */
const restsWithinMs = 600_000;

/**
 * @param chain its business key
 * @param work does open tasks, by their ids; absent: they are left to their limits
 */
export function chainClock(stage: Stage, chain: string, work?: (tasks: string[]) => Promise<void>): ChainClock {
  const instance = `followUp/${chain}`;
  const path = `/api/instances/${encodeURIComponent(instance)}`;
  const look = async (): Promise<InstanceView> => (await stage.as('ops')).get<InstanceView>(path);

  /** When the run began that was seen to have ended: an event begins another one. */
  let endedRun: string | undefined;

  /** @returns when nothing is left to do; false where it has ended */
  async function isAtRest(seen?: InstanceView): Promise<boolean> {
    let known = seen;
    const rest = async (): Promise<'ended' | 'waiting' | undefined> => {
      const view = known ?? (await look());
      known = undefined;
      if (view.status !== 'active') {
        endedRun = view.startedAt;
        return 'ended';
      }
      const [incident] = view.incidents;
      if (incident) throw new Error(`${chain}: ${incident.code}: ${incident.message}`);
      const tasks = work ? view.waits.flatMap(({ task }) => task ?? []) : [];
      if (tasks.length > 0) await work?.(tasks);
      return tasks.length === 0 && !view.waits.some(({ kind }) => kind === 'job') ? 'waiting' : undefined;
    };
    return (await untilThere(instance, `${chain} is at rest`, rest, restsWithinMs)) === 'waiting';
  }

  /** Whether it runs, and no message lies there for it. */
  async function hasHeard(): Promise<boolean> {
    const query = `name=episodeEvent&correlationKey=${chain}&state=waiting&limit=1`;
    const { items } = await (await stage.as('ops')).get<{ items: unknown[] }>(`/api/messages?${query}`);
    const view = await look().catch(undefinedAt404);
    return items.length === 0 && view !== undefined && view.startedAt !== endedRun;
  }

  return {
    async goOn(to) {
      const operator = await stage.as('ops');
      const reached = await operator.post<{ instance: InstanceView; now: string }>(`${path}/clock`, { to });
      // In real time it is on its own.
      const running = (await isAtRest(reached.instance)) && reached.instance.speed !== 1;
      return { now: reached.now, running };
    },
    async untilHeard() {
      await untilThere(instance, `${chain} has heard of an event`, hasHeard, restsWithinMs);
      return isAtRest();
    },
    async untilEnded() {
      await untilThere(instance, `${chain} has ended`, async () => (await look()).status !== 'active');
    },
  };
}

function undefinedAt404(error: unknown): undefined {
  if (!(error instanceof Refused) || error.problem.status !== 404) throw error;
}
