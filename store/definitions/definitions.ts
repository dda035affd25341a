/** Deployed definitions: each version is immutable, with its definition (XML), its compiled plan (JSON text) and its hash. */
import mongoose, { type QueryFilter } from 'mongoose';
import { anyJson, isDuplicateKey, rowSchema } from '../db/schema.ts';

export interface DefinitionRow {
  /** `<process>@<version>`. */
  _id: string;
  process: string;
  version: number;
  name: string;
  /** SHA-256 of the plan's canonical JSON. */
  hash: string;
  xmlHash: string;
  xml: string;
  /** The plan as JSON text: element ids may hold dots, which field names of a document should not. */
  plan: string;
  /** The form-js schemas of its forms by id, as JSON text: what pages show. Absent: there are none. */
  forms?: string;
  /** SHA-256 of them. */
  formsHash?: string;
  /** The DMN files whose decisions it takes, as JSON text; what runs is in the plan. Absent: there are none. */
  decisions?: string;
  /** SHA-256 of them. */
  decisionsHash?: string;
  versionTag?: string;
  /** What whoever deployed it says of the change. */
  note?: string;
  /** Messages that begin an instance, with their start event. */
  messageStarts: { name: string; element: string }[];
  /** Signals that do. */
  signalStarts?: { name: string; element: string }[];
  /** Timers that begin an instance (engine/analysis/start-events.ts), and at which facilities; absent: at all. */
  timerStarts?: { id: string; facilities?: string[] }[];
  /** Start events that begin one when a condition holds. */
  conditionalStarts?: { element: string }[];
  /** Job types that it names: built-in ones, registered ones (store/definitions/job-types.ts), `*` where that is how one is known. */
  jobTypes?: string[];
  /** Names of the messages it sends and the signals it throws; one that is worked out while it runs begins with `=`. */
  sentMessages?: string[];
  thrownSignals?: string[];
  warnings: unknown[];
  deployedAt: string;
  deployedBy: string;
  /** Nothing begins by it any more. */
  deactivated?: { at: string; by: string; reason?: string };
}

const schema = rowSchema<DefinitionRow>({
  process: String,
  version: Number,
  name: String,
  hash: String,
  xmlHash: String,
  xml: String,
  plan: String,
  forms: String,
  formsHash: String,
  decisions: String,
  decisionsHash: String,
  versionTag: String,
  note: String,
  messageStarts: anyJson,
  signalStarts: anyJson,
  timerStarts: anyJson,
  conditionalStarts: anyJson,
  jobTypes: anyJson,
  sentMessages: anyJson,
  thrownSignals: anyJson,
  warnings: anyJson,
  deployedAt: String,
  deployedBy: String,
  deactivated: anyJson,
});
schema.index({ process: 1, version: -1 }, { unique: true });
schema.index({ 'messageStarts.name': 1 });
schema.index({ 'signalStarts.name': 1 });
schema.index({ jobTypes: 1 });

export const DefinitionModel = mongoose.model<DefinitionRow>('definitions', schema, 'definitions');

type Details =
  | 'xml'
  | 'plan'
  | 'xmlHash'
  | 'forms'
  | 'formsHash'
  | 'decisions'
  | 'decisionsHash'
  | 'sentMessages'
  | 'thrownSignals';
export type DefinitionSummary = Omit<DefinitionRow, Details>;
export type NewDefinition = Omit<DefinitionRow, '_id' | 'version'>;

const summaryFields: Record<Details, 0> = {
  xml: 0,
  plan: 0,
  xmlHash: 0,
  forms: 0,
  formsHash: 0,
  decisions: 0,
  decisionsHash: 0,
  sentMessages: 0,
  thrownSignals: 0,
};

/** Versions by which something may begin. */
const active = { deactivated: { $exists: false } } as const;

/** Equal ones make an equal version. */
const contentHashes = ['hash', 'xmlHash', 'formsHash', 'decisionsHash'] as const;
type ContentHash = (typeof contentHashes)[number];

/** Saves it as the next version, unless it equals the newest one, and that one is active. Two deployments at once get two versions. */
export async function saveDefinition(definition: NewDefinition): Promise<{ version: number; created: boolean }> {
  for (;;) {
    const newest = await DefinitionModel.findOne(
      { process: definition.process },
      { version: 1, deactivated: 1, hash: 1, xmlHash: 1, formsHash: 1, decisionsHash: 1 },
    )
      .sort({ version: -1 })
      .lean<Pick<DefinitionRow, 'version' | 'deactivated' | ContentHash>>();
    if (newest && !newest.deactivated && contentHashes.every((name) => newest[name] === definition[name]))
      return { version: newest.version, created: false };
    const version = (newest?.version ?? 0) + 1;
    try {
      await DefinitionModel.collection.insertOne({
        _id: `${definition.process}@${version}`,
        version,
        ...definition,
      } as never);
      return { version, created: true };
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

/** Plans that were read, by version and hash: a deployed version never changes. */
const readPlans = new Map<string, unknown>();
const maxReadPlans = 200;

/** Which version a call is bound to: the newest with a tag, or the newest of the very file that a version of the caller came with. */
export type BoundVersion = { versionTag: string } | { deployedWith: { process: string; version: number } };

async function among(which: number | BoundVersion | undefined): Promise<QueryFilter<DefinitionRow> | null> {
  if (which === undefined) return active;
  if (typeof which === 'number') return { version: which };
  if ('versionTag' in which) return { versionTag: which.versionTag, ...active };
  const { process, version } = which.deployedWith;
  const caller = await DefinitionModel.findById(`${process}@${version}`, { xmlHash: 1 }).lean<
    Pick<DefinitionRow, 'xmlHash'>
  >();
  return caller && { xmlHash: caller.xmlHash };
}

/** The plan of a version, active or not; the newest active one when none is named. The same object for the same version: it is not to be changed. */
export async function findPlan<Plan = unknown>(
  process: string,
  which?: number | BoundVersion,
): Promise<{ plan: Plan; version: number; hash: string } | null> {
  const own = typeof which === 'object' && 'deployedWith' in which ? which.deployedWith : undefined;
  // Whatever calls itself calls its own version.
  const chosen = await among(own?.process === process ? own.version : which);
  if (!chosen) return null;
  const found = await DefinitionModel.findOne({ process, ...chosen }, { version: 1, hash: 1 })
    .sort({ version: -1 })
    .lean<Pick<DefinitionRow, '_id' | 'version' | 'hash'>>();
  if (!found) return null;
  const key = `${found._id} ${found.hash}`;
  if (!readPlans.has(key)) {
    const row = await DefinitionModel.findById(found._id, { plan: 1 }).lean<Pick<DefinitionRow, 'plan'>>();
    if (!row) return null;
    readPlans.set(key, JSON.parse(row.plan));
    if (readPlans.size > maxReadPlans) readPlans.delete(readPlans.keys().next().value as string);
  }
  return { plan: readPlans.get(key) as Plan, version: found.version, hash: found.hash };
}

/** The plan an instance is pinned to. What was read before is not asked for again. */
export async function findPinnedPlan<Plan = unknown>(
  process: string,
  version: number,
  hash: string,
): Promise<Plan | undefined> {
  const known = readPlans.get(`${process}@${version} ${hash}`) as Plan | undefined;
  if (known) return known;
  const found = await findPlan<Plan>(process, version);
  return found?.hash === hash ? found.plan : undefined;
}

/** Of the newest version. */
export async function findDefinitionName(process: string): Promise<string | null> {
  const row = await DefinitionModel.findOne({ process }, { name: 1 })
    .sort({ version: -1 })
    .lean<Pick<DefinitionRow, 'name'>>();
  return row?.name ?? null;
}

export const hasDefinitions = async (): Promise<boolean> => (await DefinitionModel.exists({})) !== null;

export type KeptFiles = Pick<DefinitionRow, 'xml' | 'xmlHash' | 'formsHash' | 'decisionsHash'>;

export async function findXml(process: string, version: number): Promise<KeptFiles | null> {
  return DefinitionModel.findById(`${process}@${version}`, {
    xml: 1,
    xmlHash: 1,
    formsHash: 1,
    decisionsHash: 1,
  }).lean<KeptFiles>();
}

/** What was deployed together, as the rows of the file's processes keep it: each its own forms. */
export async function findSourceRows(
  process: string,
  version: number,
): Promise<Pick<DefinitionRow, 'xml' | 'plan' | 'forms' | 'decisions'>[]> {
  const row = await DefinitionModel.findById(`${process}@${version}`, { xmlHash: 1, deployedAt: 1 }).lean<
    Pick<DefinitionRow, 'xmlHash' | 'deployedAt'>
  >();
  if (!row) return [];
  const { xmlHash, deployedAt } = row;
  return DefinitionModel.find({ xmlHash, deployedAt }, { xml: 1, plan: 1, forms: 1, decisions: 1 }).lean<
    Pick<DefinitionRow, 'xml' | 'plan' | 'forms' | 'decisions'>[]
  >();
}

/** @returns the form-js schema; undefined when the version has no such form */
export async function findFormSchema(process: string, version: number, form: string): Promise<unknown> {
  const row = await DefinitionModel.findById(`${process}@${version}`, { forms: 1 }).lean<
    Pick<DefinitionRow, 'forms'>
  >();
  const schemas: Record<string, unknown> = JSON.parse(row?.forms ?? '{}');
  return Object.hasOwn(schemas, form) ? schemas[form] : undefined;
}

/** All versions of all processes, or of one, the newest first. */
export async function listDefinitions(process?: string): Promise<DefinitionSummary[]> {
  return DefinitionModel.find(process ? { process } : {}, summaryFields)
    .sort({ process: 1, version: -1 })
    .lean<DefinitionSummary[]>();
}

/** The newest active version of each definition, or of one. */
export async function listNewest(process?: string): Promise<DefinitionSummary[]> {
  const newest = new Map<string, DefinitionSummary>();
  for (const row of await listDefinitions(process))
    if (!row.deactivated && !newest.has(row.process)) newest.set(row.process, row);
  return [...newest.values()];
}

/**
 * Names that the newest active versions of all definitions send and throw.
 * @param own definitions that are left out
 */
export async function listSentNames(own: readonly string[]): Promise<{ messages: string[]; signals: string[] }> {
  const fields = { _id: 0, process: 1, sentMessages: 1, thrownSignals: 1 } as const;
  const rows = await DefinitionModel.find({ process: { $nin: [...own] }, ...active }, fields)
    .sort({ process: 1, version: -1 })
    .lean<Pick<DefinitionRow, 'process' | 'sentMessages' | 'thrownSignals'>[]>();
  const newest = rows.filter((row, index) => row.process !== rows[index - 1]?.process);
  return {
    messages: [...new Set(newest.flatMap((row) => row.sentMessages ?? []))],
    signals: [...new Set(newest.flatMap((row) => row.thrownSignals ?? []))],
  };
}

/** The newest version of each definition with the timers that begin it. */
export async function listTimerStarts(): Promise<Pick<DefinitionRow, 'process' | 'version' | 'timerStarts'>[]> {
  const rows = await DefinitionModel.find({}, { _id: 0, process: 1, version: 1, timerStarts: 1 })
    .sort({ process: 1, version: -1 })
    .lean<Pick<DefinitionRow, 'process' | 'version' | 'timerStarts'>[]>();
  return rows.filter((row, index) => row.process !== rows[index - 1]?.process);
}

/** The newest active versions that a message or signal of this name begins. */
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

/** Whether messages begin instances of it, by any version. */
export const hasMessageStarts = async (process: string): Promise<boolean> =>
  (await DefinitionModel.exists({ process, 'messageStarts.name': { $exists: true } })) !== null;

/** Newest versions that name a job type. */
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

/** @returns the version as it is now; null when there is none */
export async function setActive(
  process: string,
  version: number,
  deactivated: DefinitionRow['deactivated'] | null,
): Promise<DefinitionSummary | null> {
  const change = deactivated ? { $set: { deactivated } } : { $unset: { deactivated: 1 } };
  return DefinitionModel.findByIdAndUpdate(`${process}@${version}`, change as never, {
    returnDocument: 'after',
    projection: summaryFields,
  }).lean<DefinitionSummary>();
}

export async function findVersion(process: string, version: number): Promise<DefinitionSummary | null> {
  return DefinitionModel.findById(`${process}@${version}`, summaryFields).lean<DefinitionSummary>();
}
