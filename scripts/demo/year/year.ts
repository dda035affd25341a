/** Patients through a year: the hospital tells its events, the staff make their calls, and each chain's clock waits for them. */
import { elapsed, type Screen } from '../../cli/screen.ts';
import type { Session } from '../client.ts';
import type { Stage } from '../play.ts';
import { yearOf } from './clock.ts';
import type { Act } from './desk.ts';
import { type Journey, journeyOf, type Watcher } from './journey.ts';
import { chainOf, type Plot, stories } from './stories.ts';
import { chainOfStory, overdueIn, summaryOf } from './summary.ts';

/** A year of care, and the weeks in which the patients come one after another. */
const days = 400;
/** Steps at the same time. */
const sideBySide = 6;

export interface PlayedYear {
  failures: string[];
  lines: string[];
}

/** @param patients how many of the forty, evenly from all that happens */
export async function playYear(stage: Stage, screen: Screen, patients: number): Promise<PlayedYear> {
  const run = Math.floor(Date.now() / 1000)
    .toString(36)
    .slice(-5)
    .toUpperCase();
  screen.line(`${patients} 位患者一年的回访：各链的流程时钟等手头的事办完再往前拨，拨到今天后按真实时间继续`);
  const since = Date.now();
  const failures: string[] = [];
  const step = screen.step('回访一年');
  const counts = { events: 0, calls: 0 };
  const say = ({ at, story }: Journey, what: string): void =>
    screen.line(`  ${at.slice(0, 10)}  ${chainOf(story)}  ${what}`);
  const watcher: Watcher = {
    say,
    told(journey, { type, data }) {
      counts.events += 1;
      const words = data['what'] === 'sutures' ? undefined : eventWords[type];
      if (words) say(journey, words);
    },
    done(journey, act) {
      counts.calls += act.element === 'CallPatient' ? 1 : 0;
      const words = wordsOf(journey.story.plot, act);
      if (words) say(journey, words);
    },
  };
  const page = await simulatorPage(await stage.as('ops'));
  const reply = page === undefined ? undefined : (phone: string, text: string) => replyAt(page, phone, text);
  const hospital = { year: yearOf(days), stage, reply };
  const journeys = stories(run)
    .filter(
      (_, index, { length }) => Math.floor(((index + 1) * patients) / length) > Math.floor((index * patients) / length),
    )
    .map((story) => journeyOf(hospital, story, watcher));
  await playAll(
    journeys,
    (slowest) => {
      step.update(`${slowest.slice(0, 10)} · ${counts.events} 件事 · ${counts.calls} 通电话`);
    },
    (journey, error) => failures.push(`${chainOf(journey.story)}: ${error.message}`),
  );
  step.done(`${counts.events} 件事，${counts.calls} 通电话`);
  const ends = [];
  for (const { story } of journeys) {
    const chain = await chainOfStory(stage, story).catch((error: Error) => void failures.push(error.message));
    if (!chain) continue;
    ends.push({ story, chain });
    if (overdueIn(chain) > 0) failures.push(`${chainOf(story)}: ${overdueIn(chain)} 次回访过期未做`);
  }
  return { failures, lines: summaryOf(ends, elapsed(Date.now() - since)) };
}

/** Several at a time, always the one that is furthest behind. */
async function playAll(
  journeys: readonly Journey[],
  went: (slowest: string) => void,
  failed: (journey: Journey, error: Error) => void,
): Promise<void> {
  const waiting = [...journeys];
  const work = async (): Promise<void> => {
    for (let journey = takeSlowest(waiting); journey; journey = takeSlowest(waiting)) {
      went(journey.at);
      try {
        await journey.step();
        if (!journey.isOver) waiting.push(journey);
      } catch (error) {
        failed(journey, error as Error);
      }
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
}

function takeSlowest(waiting: Journey[]): Journey | undefined {
  const [slowest] = waiting.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  if (slowest) waiting.splice(waiting.indexOf(slowest), 1);
  return slowest;
}

const eventWords: Record<string, string> = {
  moved: '手术改期，回访随之重排',
  died: '患者离世，全部回访终止',
  transferred: '患者转院，全部回访终止',
  'opt-out': '患者回复 R，营销短信停发',
};

function wordsOf(plot: Plot, { element, touch, answer }: Act): string | undefined {
  if (element === 'UrgentReview') return '医务已处理危险信号';
  if (element === 'CorrectNumber') return '号码已核对，重新拨打';
  if (answer?.redFlag) return '电话中出现危险信号，转医务紧急处理';
  if (answer?.openComplaint) return '患者不满意，登记投诉';
  if (answer?.outcome === 'wrong-number') return '号码有误';
  if (plot === 'unanswered' && touch === 'midterm-surgery') return '电话未接通';
  return undefined;
}

interface GatewayView {
  audience: string;
  page?: string;
}

async function simulatorPage(session: Session): Promise<string | undefined> {
  const { items } = await session.get<{ items: GatewayView[] }>('/api/gateways');
  return items.find(({ audience }) => audience === 'patient')?.page;
}

async function replyAt(page: string, from: string, text: string): Promise<void> {
  const response = await fetch(`${page}/replies`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ from, text }),
    redirect: 'manual',
  });
  if (response.status >= 400) throw new Error(`${page}/replies answers ${response.status}.`);
}
