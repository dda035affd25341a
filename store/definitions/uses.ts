/** Start events and references of definitions: messages, signals, timers, job types. */
import {
  active,
  DefinitionModel,
  type DefinitionRow,
  type DefinitionSummary,
  newestOfEach,
  summaryFields,
} from './definitions.ts';

/**
 * Names that the newest active versions of all definitions send and throw.
 * @param own definitions to exclude
 */
export async function listSentNames(own: readonly string[]): Promise<{ messages: string[]; signals: string[] }> {
  const fields = { _id: 0, process: 1, sentMessages: 1, thrownSignals: 1 } as const;
  const rows = await DefinitionModel.find({ process: { $nin: [...own] }, ...active }, fields)
    .sort({ process: 1, version: -1 })
    .lean<Pick<DefinitionRow, 'process' | 'sentMessages' | 'thrownSignals'>[]>();
  const newest = newestOfEach(rows);
  return {
    messages: [...new Set(newest.flatMap((row) => row.sentMessages ?? []))],
    signals: [...new Set(newest.flatMap((row) => row.thrownSignals ?? []))],
  };
}

/** The newest version of each definition with its timer start events. */
export async function listTimerStarts(): Promise<Pick<DefinitionRow, 'process' | 'version' | 'timerStarts'>[]> {
  const rows = await DefinitionModel.find({}, { _id: 0, process: 1, version: 1, timerStarts: 1 })
    .sort({ process: 1, version: -1 })
    .lean<Pick<DefinitionRow, 'process' | 'version' | 'timerStarts'>[]>();
  return newestOfEach(rows);
}

/** The newest active versions that a message or signal of this name starts. */
async function findStarts(
  by: 'message' | 'signal',
  name: string,
): Promise<{ process: string; version: number; element: string }[]> {
  const field = `${by}Starts` as const;
  const candidates = await DefinitionModel.find({ [`${field}.name`]: name }, { process: 1 }).lean<
    Pick<DefinitionRow, 'process'>[]
  >();
  const processes = [...new Set(candidates.map((one) => one.process))];
  const newest = await Promise.all(
    processes.map((process) =>
      DefinitionModel.findOne({ process, ...active }, summaryFields)
        .sort({ version: -1 })
        .lean<DefinitionSummary>(),
    ),
  );
  return newest.flatMap((row) => {
    const start = row?.[field]?.find((one) => one.name === name);
    return row && start ? [{ process: row.process, version: row.version, element: start.element }] : [];
  });
}

export const findMessageStarts = (name: string) => findStarts('message', name);
export const findSignalStarts = (name: string) => findStarts('signal', name);

/** Whether messages start instances of it, in any version. */
export const hasMessageStarts = async (process: string): Promise<boolean> =>
  (await DefinitionModel.exists({ process, 'messageStarts.name': { $exists: true } })) !== null;

/** Newest versions that use a job type. */
export async function findUsesOfJobType(type: string): Promise<{ process: string; version: number }[]> {
  const candidates = await DefinitionModel.distinct('process', { jobTypes: type });
  const newest = await Promise.all(
    candidates.map((process) =>
      DefinitionModel.findOne({ process }, { process: 1, version: 1, jobTypes: 1 })
        .sort({ version: -1 })
        .lean<Pick<DefinitionRow, 'process' | 'version' | 'jobTypes'>>(),
    ),
  );
  return newest.flatMap((row) =>
    row?.jobTypes?.includes(type) ? [{ process: row.process, version: row.version }] : [],
  );
}
