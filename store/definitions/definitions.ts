/** Deployed definitions: each version is immutable, with its BPMN XML, its compiled plan (JSON text) and its hash. */
import mongoose from 'mongoose';
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
  /** The plan as JSON text: element ids may contain dots, which field names should not. */
  plan: string;
  /** The form-js schemas of its forms by id, as JSON text, for display. Absent: none. */
  forms?: string;
  /** SHA-256 of the forms. */
  formsHash?: string;
  /** The DMN files of its decisions, as JSON text; the compiled decisions are in the plan. Absent: none. */
  decisions?: string;
  /** SHA-256 of the DMN files. */
  decisionsHash?: string;
  versionTag?: string;
  /** Note of who deployed it. */
  note?: string;
  /** Message start events with their message names. */
  messageStarts: { name: string; element: string }[];
  /** Signal start events with their signal names. */
  signalStarts?: { name: string; element: string }[];
  /** Timer start events (engine/analysis/start-events.ts) and their facilities; absent: all. */
  timerStarts?: { id: string; facilities?: string[] }[];
  /** Conditional start events. */
  conditionalStarts?: { element: string }[];
  /** Job types it uses: built-in ones, registered ones (store/definitions/job-types.ts), and `*` for a type known only by the wildcard. */
  jobTypes?: string[];
  /** Names of messages it sends and signals it throws; one computed at runtime starts with `=`. */
  sentMessages?: string[];
  thrownSignals?: string[];
  warnings: unknown[];
  deployedAt: string;
  deployedBy: string;
  /** It starts no new instances. */
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

export const summaryFields: Record<Details, 0> = {
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

/** Active versions. */
export const active = { deactivated: { $exists: false } } as const;

/** Two definitions with equal values are the same version. */
const contentHashes = ['hash', 'xmlHash', 'formsHash', 'decisionsHash'] as const;
type ContentHash = (typeof contentHashes)[number];

/** Saves it as the next version, unless it equals the newest one and that one is active. Concurrent deployments get separate versions. */
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

/** The files deployed together, from the rows of all processes of the file: each row holds its own forms. */
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

/** The form-js schemas of a version by form id. */
export async function findFormSchemas(process: string, version: number): Promise<ReadonlyMap<string, unknown>> {
  const row = await DefinitionModel.findById(`${process}@${version}`, { forms: 1 }).lean<
    Pick<DefinitionRow, 'forms'>
  >();
  return new Map(Object.entries<unknown>(JSON.parse(row?.forms ?? '{}')));
}

/** @returns the form-js schema; undefined when the version has no such form */
export const findFormSchema = async (process: string, version: number, form: string): Promise<unknown> =>
  (await findFormSchemas(process, version)).get(form);

/** All versions of all processes, or of one, newest first. */
export async function listDefinitions(process?: string): Promise<DefinitionSummary[]> {
  return DefinitionModel.find(process ? { process } : {}, summaryFields)
    .sort({ process: 1, version: -1 })
    .lean<DefinitionSummary[]>();
}

/** @param rows by process, newest version first */
export const newestOfEach = <Row extends { process: string }>(rows: Row[]): Row[] =>
  rows.filter((row, index) => row.process !== rows[index - 1]?.process);

/** The newest active version of each definition, or of one. */
export async function listNewest(process?: string): Promise<DefinitionSummary[]> {
  return newestOfEach((await listDefinitions(process)).filter((row) => !row.deactivated));
}

/** @returns the updated version; null when there is none */
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
