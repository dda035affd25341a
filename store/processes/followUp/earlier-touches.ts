/** What an ended chain hands to the next one of its episode: touches that were carried out are not carried out again. */
import type { FollowUpRow, Touch } from './follow-up-row.ts';

/** A touch as the chain's own variables have it. */
export interface EarlierTouch extends Omit<Touch, 'state' | 'because' | 'from'> {
  result: string;
  whyNot?: string;
  /** Neither a re-operation nor another day makes it void any more. */
  round: null;
  byDay: false;
}

const notCarriedOut = ['planned', 'open', 'stopped', 'moved', 'replaced'];

export function earlierTouches({ status, touches }: Pick<FollowUpRow, 'status' | 'touches'>): EarlierTouch[] {
  if (status === 'active') return [];
  return touches
    .filter(({ state }) => !notCarriedOut.includes(state))
    .map(({ state, because, from, ...touch }) => ({
      ...touch,
      ...from,
      result: state,
      ...(because !== undefined && { whyNot: because }),
      round: null,
      byDay: false,
    }));
}
