/** Forty patients through a year by a process clock that runs ahead: the hospital tells its events, the staff make their calls. */
import { elapsed, type Screen } from '../../cli/screen.ts';
import type { Session } from '../client.ts';
import type { Stage } from '../play.ts';
import { aYearClock } from './clock.ts';
import { closeComplaint } from './complaint.ts';
import { type Act, workAtDesks } from './desk.ts';
import { tellStory } from './events.ts';
import { paceOf } from './pace.ts';
import { chainOf, type Plot, type Story, stories, type Told } from './stories.ts';
import { summaryOf, untilAtRest } from './summary.ts';

/** A year of care, and the weeks in which the patients come one after another. */
const days = 400;

export interface Year {
  failures: string[];
  lines: string[];
}

/** @param given seconds in which the clock catches up with today; absent: as fast as the machine is */
export async function playYear(stage: Stage, screen: Screen, given: number | undefined): Promise<Year> {
  const run = Math.floor(Date.now() / 1000)
    .toString(36)
    .slice(-5)
    .toUpperCase();
  const seconds = given ?? (await paceOf(stage, run));
  const how = given === undefined ? '按本机速度' : '按给定时间';
  screen.line(`四十位患者的回访：${how}，一年在 ${elapsed(seconds * 1000)} 内走完，追上今天后按真实时间继续`);
  const since = Date.now();
  const all = stories(run);
  const clock = aYearClock(days, seconds);
  const failures: string[] = [];
  const noteAt =
    (where: string) =>
    (error: Error): undefined =>
      void failures.push(`${where}: ${error.message}`);
  const step = screen.step('回访一年');
  let told = 0;
  let calls = 0;
  let isOver = false;
  const complaints: Promise<void>[] = [];
  const say = (story: Story, what: string): void =>
    screen.line(`  ${clock.now().slice(0, 10)}  ${chainOf(story)}  ${what}`);
  const done = (story: Story, act: Act): void => {
    calls += act.element === 'CallPatient' ? 1 : 0;
    const words = wordsOf(story.plot, act);
    if (words) say(story, words);
    if (act.answer?.openComplaint)
      complaints.push(closeComplaint(stage, story, (what) => say(story, what)).catch(noteAt(chainOf(story))));
  };
  const desks = workAtDesks({
    stories: new Map(all.map((story) => [chainOf(story), story])),
    stage,
    isOver: () => isOver,
    done,
    failed: (story, error) => noteAt(chainOf(story))(error),
  }).catch(noteAt('电话'));
  const page = await simulatorPage(await stage.as('ops'));
  const reply = page === undefined ? undefined : (phone: string, text: string) => replyAt(page, phone, text);
  const hospital = {
    clock,
    stage,
    reply,
    told(story: Story, { type, data }: Told) {
      told += 1;
      const words = data['what'] === 'sutures' ? undefined : eventWords[type];
      if (words) say(story, words);
      step.update(`${clock.now().slice(0, 10)} · ${told} 件事 · ${calls} 通电话`);
    },
  };
  await Promise.all(all.map((story) => tellStory(hospital, story).catch(noteAt(chainOf(story)))));
  await clock.untilCaughtUp();
  const ends = await Promise.all(all.map((story) => untilAtRest(stage, story).catch(noteAt(chainOf(story)))));
  isOver = true;
  await desks;
  await Promise.all(complaints);
  step.done(`${told} 件事，${calls} 通电话`);
  const rows = all.flatMap((story, index) => {
    const chain = ends[index];
    return chain ? [{ story, chain }] : [];
  });
  return { failures, lines: summaryOf(rows, elapsed(Date.now() - since)) };
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
