/** The definition, calendar and rules an instance begins with. */
import { ApplicationFailure } from '@temporalio/common';
import { ENGINE_REVISION } from '../../engine/core/revision.ts';
import type { Plan } from '../../engine/model/plan.ts';
import { windowed } from '../../engine/time/calendar.ts';
import { type BoundVersion, findPlan } from '../../store/definitions/definitions.ts';
import { findCalendar } from '../../store/organisation/calendars.ts';
import { findFacility } from '../../store/organisation/facilities.ts';
import { findRuleSet, findRules, type RuleSet } from '../../store/organisation/rule-sets.ts';
import { lastLineOfPreviousRun } from '../../store/runtime/previous-run.ts';
import type { RuntimeActivities } from '../types.ts';
import { packPlan } from './pack-plan.ts';
import { rulesOf } from './process-rules.ts';

/** Years of the calendar an instance carries beside its own: cases begun in the past, promises that reach far. */
const yearsBefore = 1;
const yearsAfter = 3;

export const loadDefinition: RuntimeActivities['loadDefinition'] = async ({
  instance,
  process,
  version,
  bound,
  facility,
  now,
  ruleSet,
  firstSeq,
}) => {
  const [found, place, journalFrom] = await Promise.all([
    findPlan<Plan>(process, bound ?? version),
    findFacility(facility),
    lastLineOfPreviousRun(instance, firstSeq),
  ]);
  if (!found) {
    const which = nameOf(process, bound ?? version);
    throw ApplicationFailure.nonRetryable(`The definition ${which} is not deployed.`, 'UnknownDefinition');
  }
  if (!place) throw ApplicationFailure.nonRetryable(`There is no facility ${facility}.`, 'UnknownFacility');
  const [calendar, rules] = await Promise.all([findCalendar(place.calendar), ruleSetFor(ruleSet, place.region, now)]);
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

const ruleSetFor = (
  pinned: { key: string; version: number } | undefined,
  region: string,
  now: string,
): Promise<RuleSet | null> => (pinned ? findRuleSet(pinned.key, pinned.version) : findRules(region, now));

function nameOf(process: string, which: number | BoundVersion | undefined): string {
  if (which === undefined) return process;
  if (typeof which === 'number') return `${process} version ${which}`;
  if ('versionTag' in which) return `${process} with the version tag "${which.versionTag}"`;
  const { process: caller, version } = which.deployedWith;
  return `${process} as deployed with ${caller} version ${version}`;
}
