/** A process whose row or record of acts cannot be made while a variable says so, until it is told that it is mended; and a workflow that fails. */
import { defineSignal, setHandler } from '@temporalio/workflow';
import type { ProcessRow } from '../../../activities/types.ts';
import type { Outcome, StartInput } from '../../../workflows/runtime/instance-messages.ts';
import { runInstance } from '../../../workflows/runtime/run-instance.ts';
import type { View } from '../../../workflows/runtime/view.ts';

const isBroken = (what: string, { variables, memory }: View) => variables['broken'] === what && !memory['mended'];

export function process(input: StartInput): Promise<Outcome> {
  return runInstance(input, {
    handlers({ memory }) {
      setHandler(defineSignal('mended'), () => {
        memory['mended'] = true;
      });
    },
    applied(event, _before, instance) {
      if (isBroken('record', instance.view())) throw new TypeError('a record that fails');
      instance.memory['acts'] = [...((instance.memory['acts'] as string[] | undefined) ?? []), event.type];
    },
    row(view, seq): ProcessRow & { acts: unknown } {
      if (isBroken('row', view)) throw new TypeError('a row that fails');
      const { id } = view.state;
      return { _id: id, seq, instance: id, facility: view.input.facility, acts: view.memory['acts'] };
    },
  });
}

/** Fails its workflow task with what people have written. */
export async function failing(quoted: string): Promise<void> {
  throw new Error(quoted);
}
