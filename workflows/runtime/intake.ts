/** The engine's intake environment, which accepts declared variables only, and the filter of start variables. */

import { jobCatalogue } from '../../activities/jobs/catalogue.ts';
import { isGivenAtStart, startNames } from '../../engine/core/intake.ts';
import { canonicalJson } from '../../engine/model/canonical-json.ts';
import { ownValue } from '../../engine/model/own-property.ts';
import type { Plan, Variables } from '../../engine/model/plan.ts';
import type { Intake } from '../../engine/model/types.ts';
import type { StartInput } from './instance-messages.ts';
import { sha256 } from './sha256.ts';

/** @returns undefined for models without declarations */
export function intakeOf({ workers, openIntake }: Plan): Intake | undefined {
  if (openIntake) return undefined;
  return {
    jobOutputs(type) {
      const ours = ownValue(jobCatalogue, type);
      return ours ? Object.keys(ours.output.properties ?? {}) : (ownValue(workers, type)?.outputs ?? []);
    },
    digest: (values) => `sha256:${sha256(canonicalJson(values))}`,
  };
}

/** Initial variables of an instance; a called one gets what its caller's diagram passes. */
export function startVariables(
  plan: Plan,
  { variables, startEvent, parent }: StartInput,
): { taken: Variables; refused: string[] } {
  const names = startNames(plan, startEvent);
  const all = plan.openIntake === true || parent !== undefined;
  const may = (name: string) => !isGivenAtStart(name) && (all || names.has(name));
  return {
    taken: Object.fromEntries(Object.entries(variables).filter(([name]) => may(name))),
    refused: Object.keys(variables).filter((name) => !may(name)),
  };
}
