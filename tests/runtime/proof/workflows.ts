/** The workflows of the proof: the shipped ones, with every event that reached the engine written down and handed out with the rows. */
import type { ProcessRow } from '../../../activities/types.ts';
import type { EngineEvent, InstanceState } from '../../../engine/model/types.ts';
import type { Outcome, StartInput } from '../../../workflows/runtime/instance-messages.ts';
import { runInstance } from '../../../workflows/runtime/run-instance.ts';

/** What came to the engine, and when by process time. */
export interface Happened {
  event: EngineEvent;
  now: string;
}

export interface Proof {
  state: InstanceState;
  happened: Happened[];
}

export function process(input: StartInput): Promise<Outcome> {
  return runInstance(input, {
    applied(event, _before, instance) {
      const happened = (instance.memory['happened'] as Happened[] | undefined) ?? [];
      instance.memory['happened'] = [...happened, { event, now: instance.env().now }];
    },
    row: ({ state, input, memory }, seq): ProcessRow & Proof => ({
      _id: state.id,
      seq,
      instance: state.id,
      facility: input.facility,
      state,
      happened: (memory['happened'] as Happened[] | undefined) ?? [],
    }),
  });
}
