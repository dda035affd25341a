/**
 * The state as it is written down where a run hands over to the next: without what stands in the plan and what it says twice. The plan
 * goes with it, so a migration cannot come between; whatever differs from what the plan gives is written in full.
 */
import type { Plan } from '../model/plan.ts';
import type { ClosedTask, InstanceState } from '../model/types.ts';
import { type Fields, type Value, whole, without } from './defaults.ts';
import { shortLists, wholeLists } from './lists.ts';
import { shortClocks, shortTask, type WrittenTask, wholeClocks, wholeTask } from './records.ts';
import { type Frame, shortWaits, type WrittenWaits, wholeWaits } from './waits.ts';

/** `readState` knows its fields. */
export type WrittenState = Fields & { format: 1 };

function known(plan: Plan, id: Value): Fields {
  return {
    businessKey: String(id).slice(String(id).indexOf('/') + 1),
    status: 'active',
    root: '1',
    waits: {},
    clocks: [],
    closedTasks: [],
    buffer: [],
    process: plan.key,
  };
}

function frameOf(plan: Plan, { root, startedAt, calendar }: Fields): Frame {
  const { version } = calendar as { version: number };
  return { plan, root: String(root), startedAt: String(startedAt), calendarVersion: version };
}

/** @param plan of the state, by its hash */
export function writeState(plan: Plan, state: InstanceState): WrittenState {
  const { format: _, definition, ...rest } = state;
  const fields = { ...rest } as unknown as Fields;
  const frame = frameOf(plan, fields);
  const waits = state.waits as unknown as WrittenWaits;
  return {
    ...without(
      {
        ...fields,
        process: definition.key,
        version: definition.version,
        hash: definition.hash,
        waits: shortWaits(frame, shortLists(waits)),
        clocks: shortClocks(frame, waits, state.clocks as unknown as Fields[]),
        closedTasks: state.closedTasks.map((task) => shortTask(plan, task)),
      },
      known(plan, state.id),
    ),
    format: 1,
  };
}

/** @param written as `writeState` gave it */
export function readState(plan: Plan, written: WrittenState): InstanceState {
  const { format: _, ...fields } = written;
  const { process, version, hash, ...rest } = whole(fields, known(plan, written['id']));
  const frame = frameOf(plan, rest);
  const waits = wholeLists(wholeWaits(frame, rest['waits'] as WrittenWaits));
  return {
    ...rest,
    format: 1,
    definition: { key: process, version, hash },
    waits,
    clocks: wholeClocks(frame, waits, rest['clocks'] as Fields[]),
    closedTasks: (rest['closedTasks'] as unknown as WrittenTask[]).map((task): ClosedTask => wholeTask(plan, task)),
  } as unknown as InstanceState;
}
