/** Of a simulated run: where its tokens are, where they came along, and which flows the last step took. */

import type { JournalEntry } from '../../../../engine/model/types.ts';
import type { Marks } from '../../bpmn/diagram.tsx';
import type { SimulatedRun } from './simulator.ts';

const flowOf = ({ kind, data }: JournalEntry): string | undefined =>
  kind === 'flow-taken' && typeof data === 'object' && data !== null && !Array.isArray(data)
    ? (data['flow'] as string)
    : undefined;

export function marksOf({ state, journal }: SimulatedRun): Marks {
  const waits = Object.values(state.waits).filter(({ kind, key }) => kind !== 'scope' && key !== state.root);
  const incidents = Object.values(state.waits).filter(({ incident }) => incident);
  const done = journal.flatMap((line) => {
    const flow = flowOf(line);
    if (flow !== undefined) return [flow];
    return line.kind === 'element-completed' && line.element !== undefined ? [line.element] : [];
  });
  return {
    active: [...new Set(waits.map(({ element }) => element))],
    incidents: [...new Set(incidents.map(({ element }) => element))],
    done: [...new Set(done)],
  };
}

/** In their order. */
export const flowsOfLastStep = ({ journal, lastStepAt }: SimulatedRun): string[] =>
  journal.slice(lastStepAt).flatMap((line) => flowOf(line) ?? []);
