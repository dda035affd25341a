/** Lifecycle of an element as a table: legal transitions, and the journal line of each. */
import type { JournalKind } from '../model/types.ts';
import { addJournalEntry, patch } from './run.ts';
import type { Phase, Run, Token } from './run-types.ts';

/** After BPMN 2.0.2, 13.3.2 (figure 13.2), without the states that only a modeller's wording needs. */
const legal: Record<Phase, readonly Phase[]> = {
  activating: ['active', 'cancelling'],
  active: ['completing', 'cancelling'],
  completing: ['completed', 'cancelling'],
  completed: ['cancelling'],
  cancelling: ['cancelled'],
  cancelled: [],
};

const journalled: Partial<Record<Phase, JournalKind>> = {
  active: 'element-activated',
  completed: 'element-completed',
  cancelled: 'element-cancelled',
};

export function advance(run: Run, token: Token, phase: Phase): void {
  if (!legal[token.phase].includes(phase))
    throw new Error(`${token.element.id} cannot go from ${token.phase} to ${phase}.`);
  token.phase = phase;
  const kind = journalled[phase];
  if (kind !== undefined) addJournalEntry(run, kind, token.element.id, token.key);
  const { stage } = token.element;
  if (phase === 'active' && stage !== undefined && (run.patch?.stage ?? run.before.stage)?.id !== stage)
    patch(run).stage = { id: stage, since: run.now };
}
