/**
 * The state as it is written down where a run hands over to the next: without what stands in the plan and what it says twice. The plan
 * goes with it, so a migration cannot come between; whatever differs from what the plan gives is written in full.
 */
import { businessKeyIn } from '../model/keys.ts';
import type { Plan } from '../model/plan.ts';
import type { ClosedTask, InstanceState } from '../model/types.ts';
import { type Fields, omitDefaults, restoreDefaults, type Value } from './defaults.ts';
import { decodeLists, encodeLists } from './lists.ts';
import { decodeClocks, decodeClosedTask, type EncodedTask, encodeClocks, encodeClosedTask } from './records.ts';
import { decodeWaits, type EncodedWaits, encodeWaits, type SnapshotContext } from './waits.ts';

/** `readState` knows its fields. */
export type EncodedState = Fields & { format: 1 };

function known(plan: Plan, id: Value): Fields {
  return {
    businessKey: businessKeyIn(String(id)) ?? '',
    status: 'active',
    root: '1',
    waits: {},
    clocks: [],
    closedTasks: [],
    buffer: [],
    process: plan.key,
  };
}

function frameOf(plan: Plan, { root, startedAt, calendar }: Fields): SnapshotContext {
  const { version } = calendar as { version: number };
  return { plan, root: String(root), startedAt: String(startedAt), calendarVersion: version };
}

/** @param plan of the state, by its hash */
export function encodeState(plan: Plan, state: InstanceState): EncodedState {
  const { format: _, definition, ...rest } = state;
  const fields = { ...rest } as unknown as Fields;
  const frame = frameOf(plan, fields);
  const waits = state.waits as unknown as EncodedWaits;
  return {
    ...omitDefaults(
      {
        ...fields,
        process: definition.key,
        version: definition.version,
        hash: definition.hash,
        waits: encodeWaits(frame, encodeLists(waits)),
        clocks: encodeClocks(frame, waits, state.clocks as unknown as Fields[]),
        closedTasks: state.closedTasks.map((task) => encodeClosedTask(plan, task)),
      },
      known(plan, state.id),
    ),
    format: 1,
  };
}

/** @param written as `writeState` gave it */
export function decodeState(plan: Plan, written: EncodedState): InstanceState {
  const { format: _, ...fields } = written;
  const { process, version, hash, ...rest } = restoreDefaults(fields, known(plan, written['id']));
  const frame = frameOf(plan, rest);
  const waits = decodeLists(decodeWaits(frame, rest['waits'] as EncodedWaits));
  return {
    ...rest,
    format: 1,
    definition: { key: process, version, hash },
    waits,
    clocks: decodeClocks(frame, waits, rest['clocks'] as Fields[]),
    closedTasks: (rest['closedTasks'] as unknown as EncodedTask[]).map(
      (task): ClosedTask => decodeClosedTask(plan, task),
    ),
  } as unknown as InstanceState;
}
