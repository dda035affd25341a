/** Instructions by element become instructions by key: whatever waits at the element in this instance. */

import { refusal } from '../messages/refusals.ts';
import type { ElementId, Plan } from '../model/plan.ts';
import type { InstanceState, Key, Refusal } from '../model/types.ts';
import type { ElementInstruction, Instruction } from './types.ts';

/** @returns the refusal of the first instruction whose element is unknown or has nothing waiting there */
export function resolveElementInstructions(
  plan: Plan,
  state: InstanceState,
  requested: ElementInstruction[],
): { instructions: Instruction[] } | Refusal {
  const instructions: Instruction[] = [];
  for (const one of requested) {
    if (one.type === 'start' || 'key' in one) {
      instructions.push(one);
      continue;
    }
    const element = one.type === 'move' ? one.from : one.element;
    if (!Object.hasOwn(plan.elements, element)) return refusal('unknown-element', { element });
    const keys = keysAt(state, element);
    if (keys.length === 0) return refusal('nothing-there', { element });
    for (const key of keys) instructions.push(withKey(one, key));
  }
  return { instructions };
}

type ByElement = Exclude<ElementInstruction, Instruction>;

function withKey(instruction: ByElement, key: Key): Instruction {
  if (instruction.type === 'cancel') return { type: 'cancel', key };
  const { from: _, ...move } = instruction;
  return { ...move, key };
}

/** A repeated activity counts as a whole: its body, not the instances within. */
function keysAt(state: InstanceState, element: ElementId): Key[] {
  return (
    Object.values(state.waits)
      .filter((wait) => wait.element === element && wait.key !== state.root && !isInner(state, wait.host, element))
      // A listener of a cancelled task is no longer a token.
      .filter((wait) => wait.kind !== 'job' || wait.listener?.event !== 'canceling')
      .map((wait) => wait.key)
  );
}

function isInner(state: InstanceState, host: Key | undefined, element: ElementId): boolean {
  return host !== undefined && state.waits[host]?.element === element;
}
