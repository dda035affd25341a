/** Compiled plans of deployed definitions. */
import type { QueryFilter } from 'mongoose';
import { grouped } from '../db/grouped.ts';
import { active, DefinitionModel, type DefinitionRow, newestOfEach } from './definitions.ts';

/** Cache by version and hash; deployed versions are immutable. */
const readPlans = new Map<string, unknown>();
const maxReadPlans = 200;

/** Version binding of a call: the newest with a tag, or the newest deployed from the same file as the caller's version. */
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

/** The plan of a version, active or not; the newest active one by default. Shared between callers: do not modify. */
export async function findPlan<Plan = unknown>(
  process: string,
  which?: number | BoundVersion,
): Promise<{ plan: Plan; version: number; hash: string } | null> {
  const own = typeof which === 'object' && 'deployedWith' in which ? which.deployedWith : undefined;
  // A recursive call uses the caller's own version.
  const chosen = await among(own?.process === process ? own.version : which);
  if (!chosen) return null;
  const found = await (chosen === active ? findNewest(process) : newestAmong({ process, ...chosen }));
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

type VersionRow = Pick<DefinitionRow, '_id' | 'version' | 'hash'>;

const newestAmong = (filter: QueryFilter<DefinitionRow>): Promise<VersionRow | null> =>
  DefinitionModel.findOne(filter, { version: 1, hash: 1 }).sort({ version: -1 }).lean<VersionRow>();

/** The newest active version, which every start looks up; concurrent starts of a process share the lookup. */
const findNewest = grouped(async (processes: string[]): Promise<(VersionRow | null)[]> => {
  const reads = new Map([...new Set(processes)].map((process) => [process, newestAmong({ process, ...active })]));
  return Promise.all(processes.map(async (process) => (await reads.get(process)) ?? null));
});

/** The plan an instance is pinned to, cached. */
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

/** The newest active version of each definition with its plan. */
export async function listNewestPlans<Plan = unknown>(): Promise<{ process: string; plan: Plan }[]> {
  const rows = await DefinitionModel.find(active, { _id: 0, process: 1, version: 1, hash: 1 })
    .sort({ process: 1, version: -1 })
    .lean<Pick<DefinitionRow, 'process' | 'version' | 'hash'>[]>();
  const found = await Promise.all(
    newestOfEach(rows).map(async ({ process, version, hash }) => {
      const plan = await findPinnedPlan<Plan>(process, version, hash);
      return plan === undefined ? [] : [{ process, plan }];
    }),
  );
  return found.flat();
}
