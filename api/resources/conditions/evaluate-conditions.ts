/**
 * Conditional start events (BPMN 2.0.2, 10.5.2). The standard leaves open when they are evaluated and by whom; here,
 * only when a caller asks, with the variables that changed.
 */

import type { z } from 'zod';
import { holds, type StartCondition, startConditionsOf } from '../../../engine/analysis/start-events.ts';
import { startNames } from '../../../engine/core/intake.ts';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { instanceId } from '../../../engine/model/keys.ts';
import { ownValue } from '../../../engine/model/own-property.ts';
import type { Plan, Variables } from '../../../engine/model/plan.ts';
import { listNewest } from '../../../store/definitions/definitions.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { type FacilityContext, findFacilityContext } from '../../../store/organisation/facility-context.ts';
import {
  type ConditionCheckRow,
  findConditionCheck,
  saveConditionCheck,
} from '../../../store/runtime/condition-checks.ts';
import { keyTooLong } from '../../http/business-keys.ts';
import type { Deps } from '../../http/deps.ts';
import type { Person } from '../../http/policy.ts';
import { invalid } from '../../http/problem.ts';
import { undeclaredVariables } from '../../http/undeclared.ts';
import { updateIdOf } from '../instances/instance-updates.ts';
import type { conditionsBody, conditionsSchema } from './schemas.ts';

type Ask = z.infer<typeof conditionsBody>;
type Evaluated = z.infer<typeof conditionsSchema>;

/**
 * Starts the processes whose condition holds. A repeated request starts nothing else, even if the conditions would
 * evaluate differently by then.
 */
export async function evaluateConditions(
  deps: Deps,
  person: Person,
  ask: Ask,
  idempotencyKey: string | undefined,
): Promise<Evaluated> {
  const place = await placeOf(person, ask.facility);
  const id = updateIdOf(person.id, 'POST /api/conditions', ask, idempotencyKey);
  const known = await findConditionCheck(id);
  if (!known) await requireDeclared(ask);
  const check = known ?? (await saveConditionCheck(await look(id, person, ask, place)));
  const started = await Promise.all(
    check.held.map(async ({ businessKey, ...held }) => {
      const began = await deps.processes.start({
        process: held.process,
        version: held.version,
        businessKey,
        facility: check.facility,
        variables: await declaredAt(held, ask.variables),
        startedBy: { id: person.id },
        startEvent: held.element,
      });
      return { ...held, instance: instanceId(held.process, businessKey), began };
    }),
  );
  return { at: check.at, started, notHeld: check.notHeld, failed: check.failed };
}

/** @throws ProblemError 422 naming variables that no condition reads and no start event declares */
async function requireDeclared({ variables, processes }: Ask): Promise<void> {
  const newest = (await listNewest()).filter(
    ({ process, conditionalStarts }) => conditionalStarts?.length && (processes?.includes(process) ?? true),
  );
  const plans = await Promise.all(newest.map(({ process, version }) => findPlan<Plan>(process, version)));
  const names = plans.flatMap((found) =>
    found ? startConditionsOf(found.plan).flatMap(({ element }) => [...startNames(found.plan, element)]) : [],
  );
  const undeclared = Object.keys(variables).filter((name) => !names.includes(name));
  if (names.length > 0 && undeclared.length > 0) throw undeclaredVariables(undeclared);
}

async function declaredAt(
  start: { process: string; version: number; element: string },
  given: Variables,
): Promise<Variables> {
  const found = await findPlan<Plan>(start.process, start.version);
  const names = found ? startNames(found.plan, start.element) : new Set<string>();
  return Object.fromEntries(Object.entries(given).filter(([name]) => names.has(name)));
}

async function placeOf(person: Person, asked: string | undefined): Promise<FacilityContext> {
  const facility = asked ?? person.roles.find((held) => held.facility !== '*')?.facility;
  const found = facility === undefined ? null : await findFacilityContext(facility, new Date().toISOString());
  if (!found) {
    const message = 'Name an existing facility for the new instances.';
    throw invalid([{ path: 'body.facility', code: 'needed', message }], 422);
  }
  return found;
}

/** All conditional start events of the newest versions, in order. */
async function look(
  id: string,
  person: Person,
  { variables, processes, businessKey }: Ask,
  { facility, calendar, rules }: FacilityContext,
): Promise<ConditionCheckRow> {
  const at = new Date().toISOString();
  const check: ConditionCheckRow = {
    _id: id,
    at,
    by: person.id,
    facility: facility._id,
    held: [],
    notHeld: [],
    failed: [],
  };
  const newest = await listNewest();
  const unknown = (processes ?? []).flatMap((process, n) =>
    newest.some((one) => one.process === process && one.conditionalStarts?.length)
      ? []
      : [
          {
            path: `body.processes.${n}`,
            code: 'unknown',
            message: `No deployed process ${process} has a conditional start event.`,
          },
        ],
  );
  if (unknown.length > 0) throw invalid(unknown, 422);
  const base = businessKey ?? `${facility._id}-${id.slice(0, 16)}`;
  for (const { process, version, conditionalStarts } of newest) {
    if (!conditionalStarts?.length || (processes && !processes.includes(process))) continue;
    const found = await findPlan<Plan>(process, version);
    if (!found) continue;
    const starts = startConditionsOf(found.plan);
    for (const start of starts) {
      const key = starts.length > 1 ? `${base}:${start.element}` : base;
      const tooLong = keyTooLong(process, key, 'body.businessKey');
      if (tooLong) throw invalid([tooLong], 422);
      const seen: Variables = {
        ...variables,
        businessKey: key,
        facility: facility._id,
        startedAt: at,
        startedBy: person.id,
        rules: rules as Variables,
      };
      const about = { process, version, element: start.element, elementName: start.name ?? start.element };
      const result = evaluated(found.plan, start, seen, { now: at, calendar });
      if (!result.ok) check.failed.push({ ...about, code: result.code, message: result.message });
      else if (result.holds) check.held.push({ ...about, businessKey: key });
      else check.notHeld.push({ ...about, ...(result.missing !== undefined && { missing: result.missing }) });
    }
  }
  return check;
}

function evaluated(
  plan: Plan,
  start: StartCondition,
  variables: Variables,
  context: Parameters<typeof holds>[3],
): ReturnType<typeof holds> {
  const lookup = (name: string) => ownValue(variables, name);
  return holds(start, createEvaluator(plan), lookup, context);
}
