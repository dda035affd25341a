/**
 * Retries, skips, cancels and sets variables in an instance of a batch, and then looks what it led to: a retry has freed an instance only
 * when it goes on. Incidents are written down before the first act, so that a repeat acts on the same ones under the same ids.
 */
import { endDescriptions } from '../../engine/explain/wait-descriptions.ts';
import { incidentMessage } from '../../engine/messages/incidents.ts';
import type { Variables } from '../../engine/model/plan.ts';
import type { Incident } from '../../engine/model/types.ts';
import { type BatchItemFields, type BatchItemRow, type BatchRow, saveBatchItem } from '../../store/runtime/batches.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import type { InstanceRow } from '../../store/runtime/rows.ts';
import type { ActResult, InstanceChanges, Words } from './ports.ts';

/** Time within which an instance must have continued, or stopped again, to be reported so. */
const watchMs = 60_000;

/** Result of an act of a batch. */
export interface BatchAct {
  reason?: string;
  variables?: Variables;
  /** Of `variables`: what is stopped is retried then. */
  retry?: boolean;
  /** Only incidents at this element, or with this code. */
  element?: string;
  incidentCode?: string;
}

interface ActLine {
  element?: string;
  elementName?: string;
  /** Of an incident. */
  code?: string;
  words: Words;
}

type RowIncident = InstanceRow['incidents'][number];
type Item = Pick<BatchItemRow, 'batch' | 'instance' | 'before' | 'report' | 'watchedUntil'>;

/** @returns undefined: it did not answer */
export async function actOn(
  changes: InstanceChanges,
  batch: BatchRow,
  item: Item,
): Promise<BatchItemFields | undefined> {
  const row = await findInstance(item.instance);
  if (row?.status !== 'active') return { outcome: 'ended' };
  const act: BatchAct = JSON.parse(batch.payload);
  const before = await noteIncidents(item, row);
  const { steps, nothing } = stepsOf(changes, batch, act, before);
  if (nothing) return { outcome: 'already' };
  const lines: ActLine[] = [];
  let refusal: string | undefined;
  let isDone = false;
  for (const { id, incident, run } of steps) {
    const result = await run(item.instance, `${batch._id}:${item.instance}:${id}`);
    if (result.kind === 'unanswered') return undefined;
    if (result.kind === 'gone') return isDone ? settledBy(row, lines) : { outcome: 'ended' };
    if (result.kind === 'refused' && result.refusal.code === 'not-active') return { outcome: 'ended' };
    if (result.kind === 'done') isDone = true;
    else refusal ??= result.refusal.code;
    lines.push({ ...placeOf(incident), words: result.kind === 'done' ? result.happened : result.refusal.message });
  }
  const report = JSON.stringify(lines);
  if (refusal !== undefined && !isDone) return { outcome: 'refused', code: refusal, report };
  if (batch.kind === 'cancel') return { outcome: 'done', report };
  return { outcome: 'watched', report, watchedUntil: new Date(Date.now() + watchMs).toISOString() };
}

/** @returns undefined while it is not known yet */
export async function outcomeOfAct(item: Item): Promise<BatchItemFields | undefined> {
  const row = await findInstance(item.instance);
  const lines: ActLine[] = JSON.parse(item.report ?? '[]');
  if (row?.status !== 'active') return settledBy(row, lines);
  const before: RowIncident[] = JSON.parse(item.before ?? '[]');
  const isOld = (one: RowIncident) => before.some(({ key, at }) => key === one.key && at === one.at);
  const fresh = row.incidents.filter((one) => !isOld(one));
  if (fresh.length > 0)
    return {
      outcome: 'stopped',
      report: JSON.stringify([...lines, ...fresh.map(lineOfIncident)]),
      code: fresh[0]?.code ?? '',
    };
  const retried = new Set(lines.flatMap(({ element }) => element ?? []));
  const worksStill = before.some(
    ({ key, element }) => retried.has(element) && row.waits.some((wait) => wait.key === key),
  );
  if (!worksStill) return { outcome: 'done' };
  return Date.now() > Date.parse(item.watchedUntil ?? '') ? { outcome: 'underway' } : undefined;
}

/** It has ended meanwhile. */
function settledBy(row: InstanceRow | null, lines: ActLine[]): BatchItemFields {
  const ended = row && row.status !== 'active' ? [{ words: endDescriptions[row.status] }] : [];
  return { outcome: 'done', report: JSON.stringify([...lines, ...ended]) };
}

async function noteIncidents(item: Item, { incidents }: InstanceRow): Promise<RowIncident[]> {
  if (item.before !== undefined) return JSON.parse(item.before);
  await saveBatchItem(item, { before: JSON.stringify(incidents) });
  return incidents;
}

interface Step {
  id: string;
  incident?: RowIncident;
  run(instance: string, updateId: string): Promise<ActResult>;
}

/** `nothing`: what it was about is no longer there. */
function stepsOf(
  changes: InstanceChanges,
  { kind, startedBy, role }: BatchRow,
  { reason = '', variables, retry, element, incidentCode }: BatchAct,
  before: RowIncident[],
): { steps: Step[]; nothing: boolean } {
  const by = { id: startedBy, role };
  const meant = before.filter(
    (one) =>
      (element === undefined || one.element === element) && (incidentCode === undefined || one.code === incidentCode),
  );
  const retries = meant.map(
    (incident): Step => ({
      id: `retry:${incident.key}`,
      incident,
      run: (instance, id) => changes.retry(instance, { key: incident.key, by }, id),
    }),
  );
  switch (kind) {
    case 'retry':
      return { steps: retries, nothing: retries.length === 0 };
    case 'skip': {
      const skips = meant.map(
        (incident): Step => ({
          id: `skip:${incident.key}`,
          incident,
          run: (instance, id) =>
            changes.skip(instance, { key: incident.key, reason, ...(variables && { variables }), by }, id),
        }),
      );
      return { steps: skips, nothing: skips.length === 0 };
    }
    case 'cancel':
      return {
        steps: [{ id: 'cancel', run: (instance, id) => changes.cancel(instance, { reason, by }, id) }],
        nothing: false,
      };
    case 'variables': {
      const set: Step = {
        id: 'variables',
        run: (instance, id) => changes.setVariables(instance, { variables: variables ?? {}, by }, id),
      };
      return { steps: [set, ...(retry ? retries : [])], nothing: false };
    }
    case 'migrate':
    case 'modify':
      throw new Error(`${kind} is a change, not an act.`);
  }
}

const placeOf = (incident: RowIncident | undefined) =>
  incident && { element: incident.element, elementName: incident.elementName };

function lineOfIncident(incident: RowIncident): ActLine {
  const { code, params } = incident as RowIncident & Pick<Incident, 'params'>;
  return { ...placeOf(incident), code, words: incidentMessage(params) };
}
