/** The complaint that a dissatisfied answer has opened: found at its touch, and taken to its end by the demo's staff. */
import { type Case, playOf, type Stage, untilThere } from '../play.ts';
import { closeWithoutRefund } from '../plots.ts';
import { chainOf, type Story } from './stories.ts';
import type { ChainView } from './summary.ts';

export async function closeComplaint(stage: Stage, story: Story, say: (what: string) => void): Promise<void> {
  const { facility } = story;
  const chain = chainOf(story);
  const about: Case = { facility, classification: 'service' };
  const caller = await stage.personAt('callback', facility);
  const caseNumber = await untilThere(`followUp/${chain}`, 'the complaint is registered', async () => {
    const { touches } = await caller.get<ChainView>(`/api/follow-ups/${chain}`);
    return touches.find((one) => one.caseNumber !== undefined)?.caseNumber;
  });
  say(`投诉 ${caseNumber}`);
  await closeWithoutRefund(playOf(stage, about, caseNumber));
  say(`投诉 ${caseNumber} 已办结`);
}
