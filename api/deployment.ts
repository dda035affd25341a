/** Deploying a drawing: compiled, checked, hashed, saved as the next version of each process in it; unchanged ones stay as they are. */
import { compile } from '../engine/compile/index.ts';
import type { Plan, Problem } from '../engine/plan.ts';
import { startsBy } from '../engine/starts.ts';
import { saveDefinition } from '../store/definitions.ts';
import { jobTypes } from '../workflows/job-types.ts';
import { canonicalJson, sha256 } from './digest.ts';

export interface Drawing {
  xml: string;
  /** form-js schemas by form id; absent: the drawing's tasks have no forms. */
  forms?: Record<string, unknown>;
  /** English names by element id. */
  englishNames?: Record<string, string>;
}

export interface DeployedDefinition {
  key: string;
  version: number;
  name: string;
  hash: string;
  /** False: equal to the newest version. */
  created: boolean;
}

/** `problems` holds only warnings when it was deployed; any error refuses the whole file. */
export type Deployment =
  | { ok: true; definitions: DeployedDefinition[]; problems: Problem[] }
  | { ok: false; problems: Problem[] };

/**
 * @param deployedBy staff id
 * @param at ISO 8601
 */
export async function deploy(drawing: Drawing, deployedBy: string, at: string): Promise<Deployment> {
  const { xml, forms, englishNames } = drawing;
  const { plans, problems } = await compile(xml, {
    ...(forms && { forms }),
    ...(englishNames && { englishNames }),
    jobTypes: Object.keys(jobTypes),
  });
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
      xmlHash: sha256(xml),
      xml,
      plan: text,
      ...(versionTag !== undefined && { versionTag }),
      messageStarts: messageStartsOf(plan),
      signalStarts: startsBy(plan, 'signal'),
      warnings: problems,
      deployedAt: at,
      deployedBy,
    });
    definitions.push({ key, version, name, hash, created });
  }
  return { ok: true, definitions, problems };
}

/** What begins the process by a message of constant name. */
export const messageStartsOf = (plan: Plan) => startsBy(plan, 'message');
