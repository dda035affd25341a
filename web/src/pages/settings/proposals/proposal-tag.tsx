/** What became of a proposal. */
import type { components } from '../../../../generated/api.d.ts';
import { useWords } from '../../../words/index.ts';

type State = components['schemas']['Proposal']['state'];

const colours: Record<State, string> = {
  open: 'tag warn',
  releasing: 'tag running',
  released: 'tag met',
  rejected: 'tag',
  refused: 'tag bad',
  expired: 'tag',
};

export function ProposalTag({ state }: { state: State }) {
  const { t } = useWords();
  return <span className={colours[state]}>{t(`proposal.state.${state}`)}</span>;
}
