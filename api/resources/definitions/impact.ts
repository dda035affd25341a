/** What a deployment would mean for the instances that run: how many there are by version, and what a migration would do with their waits. */
import type { MigrationLine } from '../../../engine/migrate/types.ts';
import type { InstanceSource } from '../../../store/runtime/instance-filter.ts';
import { findRunningOnOthers } from '../../../store/runtime/instances.ts';
import type { Deps } from '../../http/deps.ts';
import { tryMigration } from '../changes/try-migration.ts';
import { type DeployedDefinition, planDeployment, type Refused } from './deployment.ts';
import type { DefinitionSource } from './lint-definition.ts';

/** So many are asked, the oldest first: each answers from its own history. */
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
  /** Of those tried, how many could go on by it as they are. */
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
        // It ended in the meantime.
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
