/** The life of an element, written down once: which transitions are legal and which line of the journal each one writes. */
import type { Json, PlanElement, Variables } from '../model/plan.ts';
import type { JournalKind, Key } from '../model/types.ts';
import { note, patch, type Run } from './run.ts';

export type Phase = 'activating' | 'active' | 'completing' | 'completed' | 'cancelling' | 'cancelled';

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

/** A token at an element. Lives inside one step only; between steps it is a wait under the same key. */
export interface Token<E extends PlanElement = PlanElement> {
  element: E;
  key: Key;
  /** The scope it lives in. */
  scope: Key;
  /** The multi-instance body it belongs to. */
  host?: Key;
  phase: Phase;
  /** Local variables. */
  variables?: Variables;
  /** The flow it came by. */
  flow?: string;
  /** A multi-instance's output element, worked out on completing. */
  output?: Json;
}

export function advance(run: Run, token: Token, phase: Phase): void {
  if (!legal[token.phase].includes(phase))
    throw new Error(`${token.element.id} cannot go from ${token.phase} to ${phase}.`);
  token.phase = phase;
  const kind = journalled[phase];
  if (kind !== undefined) note(run, kind, token.element.id, token.key);
  const { stage } = token.element;
  if (phase === 'active' && stage !== undefined && (run.patch?.stage ?? run.before.stage)?.id !== stage)
    patch(run).stage = { id: stage, since: run.now };
}
