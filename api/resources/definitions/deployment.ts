/**
 * Deploys a definition: compiled, checked, hashed, and stored as the next version of each process in it. Unchanged
 * processes get no new version.
 */

import { sentByPlan, thrownByPlan } from '../../../engine/analysis/sent.ts';
import { startConditionsOf, startTimersOf } from '../../../engine/analysis/start-events.ts';
import { startsBy } from '../../../engine/analysis/starts.ts';
import { asUtf8 } from '../../../engine/files/decode.ts';
import { canonicalJson } from '../../../engine/model/canonical-json.ts';
import type { Plan, Problem } from '../../../engine/model/plan.ts';
import { findXml, listDefinitions, saveDefinition } from '../../../store/definitions/definitions.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import type { DefinitionCompiler } from '../../compiler/compiler.ts';
import { sha256 } from '../../http/digest.ts';
import { searchedColumns } from '../columns/column-query.ts';
import { jobTypesOf } from '../job-types/job-workers.ts';
import { checkDefinition } from './check-definition.ts';
import type { DefinitionSource } from './lint-definition.ts';

export interface DeployedDefinition {
  key: string;
  version: number;
  name: string;
  hash: string;
  /** False: equal to the newest version. */
  created: boolean;
}

/** Any error refuses the whole file, so a deployed one has warnings only. */
export type Deployment = { ok: true; definitions: DeployedDefinition[]; problems: Problem[] } | Refused;

export interface Refused {
  ok: false;
  problems: Problem[];
}

/**
 * @param deployedBy staff id
 * @param at ISO 8601
 * @param note on the change, by who deploys it
 */
export async function deploy(
  compiler: DefinitionCompiler,
  definition: DefinitionSource,
  deployedBy: string,
  at: string,
  note?: string,
): Promise<Deployment> {
  const { plans, problems, source, xml, schemas } = await checkDefinition(compiler, definition);
  if (plans.length === 0) return { ok: false, problems };
  const definitions: DeployedDefinition[] = [];
  for (const plan of plans) {
    const text = canonicalJson(plan);
    const hash = sha256(text);
    const { key, name, versionTag } = plan;
    const { version, created } = await saveDefinition({
      process: key,
      name,
      hash,
      xmlHash: sha256(source),
      xml,
      plan: text,
      ...formsOf(schemas[key]),
      ...decisionsOf(definition),
      ...(versionTag !== undefined && { versionTag }),
      ...(note !== undefined && { note }),
      messageStarts: messageStartsOf(plan),
      signalStarts: startsBy(plan, 'signal'),
      timerStarts: startTimersOf(plan).map(({ id, facilities }) => ({ id, ...(facilities && { facilities }) })),
      conditionalStarts: startConditionsOf(plan).map(({ element }) => ({ element })),
      jobTypes: await jobTypesOf(plan),
      sentMessages: sentByPlan(plan),
      thrownSignals: thrownByPlan(plan),
      warnings: problems,
      deployedAt: at,
      deployedBy,
    });
    if (created) searchedColumns.forget();
    definitions.push({ key, version, name, hash, created });
  }
  return { ok: true, definitions, problems };
}

/** Unmodified, as the console displays them. */
function formsOf(schemas: Record<string, unknown> = {}): { forms?: string; formsHash?: string } {
  if (Object.keys(schemas).length === 0) return {};
  const forms = canonicalJson(schemas);
  return { forms, formsHash: sha256(forms) };
}

/** Unmodified; the plan contains the executed part. */
function decisionsOf({ decisions = [] }: DefinitionSource): { decisions?: string; decisionsHash?: string } {
  if (decisions.length === 0) return {};
  const texts = JSON.stringify(decisions.map(asUtf8));
  return { decisions: texts, decisionsHash: sha256(texts) };
}

/** Result of a deployment, with versions and plans, without storing anything. */
export async function planDeployment(
  compiler: DefinitionCompiler,
  definition: DefinitionSource,
): Promise<{ ok: true; definitions: (DeployedDefinition & { plan: Plan })[]; problems: Problem[] } | Refused> {
  const { plans, problems, source, schemas } = await checkDefinition(compiler, definition);
  if (plans.length === 0) return { ok: false, problems };
  const definitions = await Promise.all(
    plans.map(async (plan) => {
      const { key, name } = plan;
      const hash = sha256(canonicalJson(plan));
      const newest = await findPlan(key);
      const highest = (await listDefinitions(key))[0]?.version ?? 0;
      const kept = newest?.hash === hash ? await findXml(key, newest.version) : null;
      const coming = { xmlHash: sha256(source), ...formsOf(schemas[key]), ...decisionsOf(definition) };
      const created = (['xmlHash', 'formsHash', 'decisionsHash'] as const).some((one) => kept?.[one] !== coming[one]);
      return { key, name, hash, created, version: created ? highest + 1 : (newest?.version ?? highest), plan };
    }),
  );
  return { ok: true, definitions, problems };
}

/** The result without plans. */
export async function dryRunDeployment(
  compiler: DefinitionCompiler,
  definition: DefinitionSource,
): Promise<Deployment> {
  const planned = await planDeployment(compiler, definition);
  if (!planned.ok) return planned;
  return { ...planned, definitions: planned.definitions.map(({ plan: _plan, ...deployed }) => deployed) };
}

/** Message start events with a constant name. */
export const messageStartsOf = (plan: Plan) => startsBy(plan, 'message');
