/** Deploying a definition: compiled, checked, hashed, saved as the next version of each process in it; unchanged ones stay as they are. */

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

/** `problems` holds no errors when it was deployed; any error refuses the whole file. */
export type Deployment = { ok: true; definitions: DeployedDefinition[]; problems: Problem[] } | Refused;

export interface Refused {
  ok: false;
  problems: Problem[];
}

/**
 * @param deployedBy staff id
 * @param at ISO 8601
 * @param note what they say of the change
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

/** As they came: pages show them as their editor wrote them. */
function formsOf(schemas: Record<string, unknown> = {}): { forms?: string; formsHash?: string } {
  if (Object.keys(schemas).length === 0) return {};
  const forms = canonicalJson(schemas);
  return { forms, formsHash: sha256(forms) };
}

/** As they came: the plan holds what of them is executed. */
function decisionsOf({ decisions = [] }: DefinitionSource): { decisions?: string; decisionsHash?: string } {
  if (decisions.length === 0) return {};
  const texts = JSON.stringify(decisions.map(asUtf8));
  return { decisions: texts, decisionsHash: sha256(texts) };
}

/** What a deployment would answer, with the versions that would come of it and their plans; nothing is changed. */
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

/** The same without the plans. */
export async function dryRunDeployment(
  compiler: DefinitionCompiler,
  definition: DefinitionSource,
): Promise<Deployment> {
  const planned = await planDeployment(compiler, definition);
  if (!planned.ok) return planned;
  return { ...planned, definitions: planned.definitions.map(({ plan: _plan, ...deployed }) => deployed) };
}

/** What begins the process by a message of constant name. */
export const messageStartsOf = (plan: Plan) => startsBy(plan, 'message');
