/** Migrates a played instance, and the later version of a random model. */
import { expect } from 'vitest';
import { reachOf } from '../../../engine/compile/inclusive-reach.ts';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { migrate } from '../../../engine/migrate/migrate.ts';
import type { MigrationOptions, MigrationResult } from '../../../engine/migrate/types.ts';
import type { Plan, PlanElement } from '../../../engine/model/plan.ts';
import { Play } from '../support/play.ts';

export const operator = { id: 'ops-1', role: 'ops' };
const second = { key: 'process', version: 2, hash: 'h2' };

export function migrating(p: Play, to: Plan, options: MigrationOptions = {}): MigrationResult {
  const frozen = JSON.stringify(p.state);
  const env = { now: p.now, evaluator: createEvaluator(to) };
  const definition = { ...second, key: to.key };
  const result = migrate(p.plan, to, p.state, { ...options, definition, by: operator }, env);
  expect(JSON.stringify(p.state), 'the state before is never changed').toBe(frozen);
  if (result.refusal) expect(Object.keys(result).sort()).toEqual(['refusal', 'report']);
  return JSON.parse(JSON.stringify(result));
}

/** Goes on as another play, by the new plan. */
export function migrated(p: Play, to: Plan, options: MigrationOptions = {}): Play {
  const { state, commands, journal, refusal, report } = migrating(p, to, options);
  if (!state || !commands || !journal) throw new Error(JSON.stringify([refusal, report]));
  const next = new Play(to);
  next.now = p.now;
  next.state = state;
  next.commands.push(...p.commands, ...commands);
  next.journal.push(...p.journal, ...journal);
  next.last = { state, commands, journal };
  return next;
}

/** `<outcome> <element>[ → <target>][: <code>]`, sorted. */
export function lines({ report }: MigrationResult): string[] {
  return report
    .map(({ outcome, element, to, code }) => `${outcome} ${element}${to ? ` → ${to}` : ''}${code ? `: ${code}` : ''}`)
    .sort();
}

type Loose = Record<string, unknown> & { outgoing?: string[]; incoming?: string[]; boundary?: string[] };

/**
 * A later version of any model: a step is put into every flow, reminders and timeouts hang on every activity, and every subprocess
 * listens to one more message.
 */
export function extended(plan: Plan): Plan {
  const next = structuredClone(plan);
  const add = (id: string, element: object) => {
    next.elements[id] = { id, incoming: [], outgoing: [], ...element } as unknown as PlanElement;
  };
  const at = (id: string) => next.elements[id] as unknown as Loose;
  for (const flow of Object.values(plan.flows)) {
    const source = plan.elements[flow.source]!;
    if (source.kind === 'eventBasedGateway') continue;
    const before = `to-${flow.id}`;
    add(before, { kind: source.kind === 'startEvent' ? 'task' : 'userTask', user: {}, parent: source.parent });
    next.elements[before] = {
      ...next.elements[before],
      incoming: [`new-${flow.id}`],
      outgoing: [flow.id],
    } as PlanElement;
    const { condition, ...plain } = flow;
    next.flows[flow.id] = { ...plain, source: before };
    next.flows[`new-${flow.id}`] = {
      id: `new-${flow.id}`,
      source: flow.source,
      target: before,
      ...(condition && { condition }),
    };
    const from = at(flow.source);
    from.outgoing = from.outgoing?.map((id) => (id === flow.id ? `new-${flow.id}` : id)) ?? [];
    if (from['defaultFlow'] === flow.id) from['defaultFlow'] = `new-${flow.id}`;
  }
  for (const { id, kind, parent } of Object.values(plan.elements)) {
    if (kind !== 'userTask' && kind !== 'serviceTask' && kind !== 'subProcess' && kind !== 'callActivity') continue;
    add(`remind-${id}`, {
      kind: 'boundaryEvent',
      parent,
      attachedTo: id,
      interrupting: false,
      parallelMultiple: false,
      events: [{ type: 'timer', timer: { kind: 'duration', value: { literal: 'PT20M' } } }],
    });
    at(id).boundary = [...(at(id).boundary ?? []), `remind-${id}`];
    if (kind !== 'subProcess') continue;
    add(`hear-${id}`, { kind: 'eventSubProcess', parent: id, starts: [`heard-${id}`] });
    add(`heard-${id}`, {
      kind: 'startEvent',
      parent: `hear-${id}`,
      interrupting: false,
      parallelMultiple: false,
      events: [{ type: 'message', name: { literal: 'new-message' } }],
    });
    at(id)['eventSubProcesses'] = [...((at(id)['eventSubProcesses'] as string[]) ?? []), `hear-${id}`];
  }
  const { reach: _, ...rest } = next;
  const reach = reachOf(rest);
  return reach ? { ...rest, reach } : rest;
}
