/** Reassembles the files of a deployed version, so that they can be edited and deployed again. */
import type { Plan } from '../../../engine/model/plan.ts';
import { findSourceRows } from '../../../store/definitions/definitions.ts';
import type { DefinitionSource } from './lint-definition.ts';

export type DefinitionFiles = DefinitionSource & { xml: string; decisions?: string[] };

/** @returns undefined when there is no such version */
export async function deployedFiles(process: string, version: number): Promise<DefinitionFiles | undefined> {
  const rows = await findSourceRows(process, version);
  const [first] = rows;
  if (!first) return undefined;
  const plans = rows.map(({ plan }) => JSON.parse(plan) as Plan);
  const forms = merged(rows.map((row): Record<string, unknown> => JSON.parse(row.forms ?? '{}')));
  const englishNames = merged(plans.map((plan) => plan.englishNames ?? {}));
  const messages = merged(plans.map((plan) => plan.messageTemplates ?? {}));
  return {
    xml: first.xml,
    ...(forms && { forms }),
    ...(englishNames && { englishNames }),
    ...(messages && { messages }),
    ...(first.decisions !== undefined && { decisions: JSON.parse(first.decisions) as string[] }),
  };
}

function merged<T>(parts: Record<string, T>[]): Record<string, T> | undefined {
  const all: Record<string, T> = Object.assign({}, ...parts);
  return Object.keys(all).length > 0 ? all : undefined;
}
