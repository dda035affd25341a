/** Effect of a deployment on running instances: their number by version, and the outcome of a trial migration by wait. */
import type { MigrationLine } from '../../../engine/migrate/types.ts';
import type { InstanceSource } from '../../../store/runtime/instance-filter.ts';
import { findRunningOnOthers } from '../../../store/runtime/instances.ts';
import type { Deps } from '../../http/deps.ts';
import { tryMigration } from '../changes/try-migration.ts';
import { type DeployedDefinition, planDeployment, type Refused } from './deployment.ts';
import type { DefinitionSource } from './lint-definition.ts';

/** Oldest first; limited, since each trial replays a history. */
const mostTried = 50;

interface WaitImpact {
  version: number;
  element: string;
  elementName: string;
  outcome: MigrationLine['outcome'];
  to?: string;
  words: MigrationLine['words'];
  instances: number;
}

export interface Impact extends DeployedDefinition {
  running: number;
  tried: number;
  /** Of the tried instances, those that could be migrated without decisions. */
  possible: number;
  waits: WaitImpact[];
}

export async function impactOf(
  deps: Pick<Deps, 'processes' | 'compiler'>,
  definition: DefinitionSource,
  sources: InstanceSource[],
): Promise<{ ok: true; definitions: Impact[] } | Refused> {
  const planned = await planDeployment(deps.compiler, definition);
  if (!planned.ok) return planned;
  const definitions = await Promise.all(
    planned.definitions.map(async ({ plan, ...deployed }) => {
      const { key, version, hash } = deployed;
      const { count, rows } = await findRunningOnOthers(key, version, sources, mostTried);
      const waits = new Map<string, WaitImpact>();
      let possible = 0;
      let tried = 0;
      for (const row of rows) {
        const answer = await tryMigration(deps, row._id, { plan, key, version, hash }, {});
        // It has ended meanwhile.
        if (!answer) continue;
        tried += 1;
        if (!answer.refusal) possible += 1;
        for (const line of answer.report) add(waits, row.definition.version, line);
      }
      return { ...deployed, running: count, tried, possible, waits: [...waits.values()] };
    }),
  );
  return { ok: true, definitions };
}

function add(waits: Map<string, WaitImpact>, version: number, line: MigrationLine): void {
  const { element, elementName, outcome, to, words } = line;
  const key = JSON.stringify([version, element, outcome, to]);
  const known = waits.get(key);
  if (known) known.instances += 1;
  else waits.set(key, { version, element, elementName, outcome, ...(to !== undefined && { to }), words, instances: 1 });
}
