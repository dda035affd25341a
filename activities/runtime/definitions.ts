/** Reads the definition, calendar and rules that an instance starts with. */
import { ApplicationFailure } from '@temporalio/common';
import { ENGINE_REVISION } from '../../engine/core/revision.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { windowed } from '../../engine/time/calendar.ts';
import { type BoundVersion, findPinnedPlan, findPlan } from '../../store/definitions/plans.ts';
import { calendarAsOf, facilityAsOf, rulesAsOf } from '../../store/organisation/as-of-revision.ts';
import { findOrganisationRevision } from '../../store/organisation/revision.ts';
import { findRuleSet } from '../../store/organisation/rule-sets.ts';
import { admitDescendants, countHeld } from '../../store/runtime/descendants.ts';
import { lastLineOfPreviousRun } from '../../store/runtime/previous-run.ts';
import type { RuntimeActivities } from '../types.ts';
import { packPlan } from './pack-plan.ts';
import { rulesOf } from './process-rules.ts';

/** Years of the calendar an instance carries beside its own: cases begun in the past, promises that reach far. */
const yearsBefore = 1;
const yearsAfter = 3;

/** @param descendantsPerDay limit of one root */
export const definitionActivities = (descendantsPerDay: number): Pick<RuntimeActivities, 'loadDefinition'> => ({
  async loadDefinition(ask) {
    const { root } = ask;
    const loaded = await load(ask);
    if (root === undefined || (await admitDescendants(root, 1, descendantsPerDay)) === 1) return loaded;
    await countHeld(root);
    return { ...loaded, limit: descendantsPerDay };
  },
});

const load: RuntimeActivities['loadDefinition'] = async ({
  instance,
  process,
  version,
  hash,
  bound,
  facility,
  now,
  organisationRevision,
  ruleSet,
  firstSeq,
}) => {
  const revision = organisationRevision ?? (await findOrganisationRevision());
  const [found, place, journalFrom] = await Promise.all([
    definitionOf(process, bound ?? version, hash),
    facilityAsOf(revision, facility),
    firstSeq === undefined ? 0 : lastLineOfPreviousRun(instance, firstSeq),
  ]);
  if (!found) {
    const which = nameOf(process, bound ?? version);
    throw ApplicationFailure.nonRetryable(`The definition ${which} is not deployed.`, 'UnknownDefinition');
  }
  if (!place) throw ApplicationFailure.nonRetryable(`There is no facility ${facility}.`, 'UnknownFacility');
  const [calendar, rules] = await Promise.all([
    calendarAsOf(revision, place.calendar),
    ruleSet ? findRuleSet(ruleSet.key, ruleSet.version) : rulesAsOf(revision, place.region, now),
  ]);
  if (!calendar)
    throw ApplicationFailure.nonRetryable(`There is no working calendar ${place.calendar}.`, 'UnknownCalendar');
  const year = +now.slice(0, 4);
  return {
    plan: packPlan(found.plan),
    version: found.version,
    hash: found.hash,
    calendar: windowed(calendar, year - yearsBefore, year + yearsAfter),
    rules: rulesOf(rules, found.plan),
    ...(rules && { ruleSet: { key: rules.key, version: rules.version } }),
    journalFrom,
    revision: ENGINE_REVISION,
  };
};

/** Versions are immutable by hash: each is read once. */
async function definitionOf(process: string, which: number | BoundVersion | undefined, hash: string | undefined) {
  if (typeof which === 'number' && hash !== undefined) {
    const plan = await findPinnedPlan<Plan>(process, which, hash);
    if (plan) return { plan, version: which, hash };
  }
  return findPlan<Plan>(process, which);
}

function nameOf(process: string, which: number | BoundVersion | undefined): string {
  if (which === undefined) return process;
  if (typeof which === 'number') return `${process} version ${which}`;
  if ('versionTag' in which) return `${process} with the version tag "${which.versionTag}"`;
  const { process: caller, version } = which.deployedWith;
  return `${process} as deployed with ${caller} version ${version}`;
}
