/** Context of the instance for its jobs and called instances. */
import type { JobContext, Lineage } from '../../activities/types.ts';
import { tagOf } from '../../engine/model/binding.ts';
import type { RunJob } from '../../engine/model/types.ts';
import type { CallCommand } from './calls.ts';
import type { Instance } from './instance.ts';
import type { BoundTo, StartInput } from './instance-messages.ts';
import { clockOf, nowIn } from './process-time.ts';

export function jobContext(self: string, instance: Instance, job: RunJob): JobContext {
  return {
    ...subjectOf(self, instance),
    element: job.element,
    // Idempotency is per key, and per listener.
    key: job.part === undefined ? job.key : `${job.key}:${job.part}`,
    headers: job.headers,
  };
}

/** Owner of the work, from the workflow id and start input, never from variables. */
export function subjectOf(
  self: string,
  { input, timeScale, state }: Instance,
): Omit<JobContext, 'element' | 'key' | 'headers'> {
  return {
    instance: self,
    startedAt: state.startedAt,
    businessKey: input.businessKey,
    facility: input.facility,
    ...(input.parent !== undefined && { caller: input.parent }),
    lineage: lineageOf(self, input),
    ...(input.ruleSet && { ruleSet: input.ruleSet }),
    definition: state.definition,
    now: nowIn(timeScale),
    ...clockOf(timeScale),
  };
}

/** From the workflow id and start input, never from variables. */
export const lineageOf = (self: string, { lineage }: StartInput): Lineage => lineage ?? { root: self, generation: 0 };

const belowOf = ({ root, generation }: Lineage): Lineage => ({ root, generation: generation + 1 });

export function callInput(self: string, { input, timeScale, state }: Instance, command: CallCommand): StartInput {
  return {
    process: command.process,
    businessKey: command.businessKey,
    facility: input.facility,
    variables: command.variables,
    startedBy: input.startedBy,
    timeScale,
    speed: timeScale.speed,
    parent: self,
    lineage: belowOf(lineageOf(self, input)),
    depth: (input.depth ?? 0) + 1,
    ...boundBy(command.binding, state.definition),
    ...(input.ruleSet && { ruleSet: input.ruleSet }),
    ...(input.continueAfter !== undefined && { continueAfter: input.continueAfter }),
    ...(input.continueWithJobsAfter !== undefined && { continueWithJobsAfter: input.continueWithJobsAfter }),
  };
}

/** Version binding of a call; empty for the newest. */
function boundBy(binding: string, { key, version }: { key: string; version: number }): { bound?: BoundTo } {
  if (binding === 'deployment') return { bound: { deployedWith: { process: key, version } } };
  const versionTag = tagOf(binding);
  return versionTag === undefined ? {} : { bound: { versionTag } };
}
