/** What became of the demo's year: how the touches of each patient ended, and all together. */
import type { Stage } from '../play.ts';
import { linesOf } from '../table.ts';
import { chainOf, plotNames, type Story } from './stories.ts';

export interface ChainView {
  status: string;
  touches: { state: string; dueAt: string; caseNumber?: string }[];
}

export async function chainOfStory(stage: Stage, story: Story): Promise<ChainView> {
  const caller = await stage.personAt('callback', story.facility);
  return caller.get<ChainView>(`/api/follow-ups/${chainOf(story)}`);
}

/** Touches that their chain has passed by. */
export const overdueIn = ({ touches }: ChainView): number => touches.filter(({ state }) => state === 'overdue').length;

const states: Record<string, string> = {
  sent: '短信',
  reached: '接通',
  'message-instead': '改发短信',
  refused: '拒访',
  unknown: '未查明',
  removed: '已拆线',
  overdue: '过期未做',
  moved: '已改期',
  replaced: '已作废',
  stopped: '已终止',
  skipped: '不需要',
  'no-number': '无号码',
  open: '进行中',
  planned: '计划中',
};

export function summaryOf(ends: { story: Story; chain: ChainView }[], took: string): string[] {
  const total = new Map<string, number>();
  const rows = ends.map(({ story, chain: { status, touches } }) => {
    const counts = new Map<string, number>();
    for (const { state } of touches) for (const into of [counts, total]) into.set(state, (into.get(state) ?? 0) + 1);
    return [chainOf(story), plotNames[story.plot], status === 'active' ? '进行中' : '已结束', inWords(counts)];
  });
  return [
    ...linesOf(['回访链', '情形', '状态', '各次回访'], rows),
    '',
    `${ends.length} 位患者的一年，用时 ${took}：${inWords(total)}`,
  ];
}

const inWords = (counts: ReadonlyMap<string, number>): string =>
  [...counts]
    .sort(([a], [b]) => order(a) - order(b))
    .map(([state, many]) => `${states[state] ?? state} ${many}`)
    .join('，');
const order = (state: string): number => Object.keys(states).indexOf(state);
