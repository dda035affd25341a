/**
 * Audit trail of requests (docs/operations.md#audit-trail). All writing routes are audited, and reads marked
 * `sensitive`. Handlers add what only they know: the row, and which fields were shown unmasked.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request } from 'express';
import type { AuditResult, AuditSubject } from '../../store/audit/entries.ts';
import { recordAudit, requireAuditTrail } from '../../store/audit/record.ts';
import { masked } from './masking.ts';
import type { ProblemFields } from './problem.ts';
import { methodOf, pathOf, type Reply, type Route } from './route.ts';

/** Details that the handler adds. */
interface Notes {
  what?: AuditSubject;
  facility?: string;
  who?: string;
  details: Record<string, unknown>;
}

interface Audited {
  route: Route;
  request: Request;
  notes: Notes;
  /** Entry written, or queued. */
  recorded: boolean;
}

const current = new AsyncLocalStorage<Audited>();
const audits = new WeakMap<Request, Audited>();

const isAct = (route: Route): boolean => methodOf(route) !== 'get' && route.audit !== 'none';
const isAudited = (route: Route): boolean => isAct(route) || route.audit === 'sensitive';

/**
 * Sets the subject as soon as it is known, so that refused requests carry it too.
 * @param facility of the subject
 */
export function noteSubject(what: AuditSubject, facility?: string): void {
  const notes = current.getStore()?.notes;
  if (!notes) return;
  notes.what = what;
  if (facility !== undefined) notes.facility = facility;
}

/** Codes, ids and field names; never text entered by people. */
export function noteDetails(details: Record<string, unknown>): void {
  Object.assign(current.getStore()?.notes.details ?? {}, details);
}

/** Sets the actor of a request without a session, such as a login. */
export function noteWho(staff: string): void {
  const notes = current.getStore()?.notes;
  if (notes) notes.who = staff;
}

/**
 * Records unmasking, on disk before the response is sent.
 * @param fields unmasked fields
 */
export async function recordLift(what: AuditSubject, facility: string, fields: string[]): Promise<void> {
  const audited = current.getStore();
  if (audited) await record(audited, 'mask-lifted', 'done', { what, facility, details: { fields } });
}

/** Records a further event of the request, such as a login being locked. */
export async function recordAct(act: string, notes: Partial<Notes>): Promise<void> {
  const audited = current.getStore();
  if (audited) await record(audited, act, 'done', { ...audited.notes, ...notes });
}

/** Starts auditing a request once its route is known. */
export function beginAudit(route: Route, request: Request): void {
  audits.set(request, { route, request, notes: { details: {} }, recorded: false });
}

/**
 * Wraps the handler of a route. An act does not start while the trail cannot be written, and is answered after its
 * entry is on disk. A read is answered at once; its entry is queued while the database is unavailable.
 * @throws AuditUnavailableError answered as 503
 */
export async function audited(request: Request, handle: () => Promise<Reply>): Promise<Reply> {
  const one = audits.get(request);
  if (!one) throw new Error('beginAudit comes first.');
  const { route, notes } = one;
  if (isAudited(route)) requireAuditTrail();
  const reply = await current.run(one, handle);
  if (!isAudited(route)) return reply;
  one.recorded = true;
  const written = record(one, route.key, 'done', { ...notes, what: notes.what ?? subjectOf(one, reply) });
  if (isAct(route)) await written;
  else written.catch(() => undefined);
  return reply;
}

/** Records a request that ended in a problem; queued while the database is unavailable. */
export function auditProblem(request: Request, { status, code }: ProblemFields): void {
  const one = audits.get(request);
  if (!one || one.recorded || !isAudited(one.route)) return;
  // Unauthenticated and rate-limited requests appear in metrics only.
  const stranger = request.careloop.person === null && one.route.access !== 'public';
  if (stranger || code === 'too-many-requests') return;
  one.recorded = true;
  const { route, notes } = one;
  const result = status >= 500 ? 'failed' : 'refused';
  const entry = { ...notes, what: notes.what ?? subjectOf(one), details: { ...notes.details, status, code } };
  record(one, route.key, result, entry).catch(() => undefined);
}

function record(
  { request, notes: { who } }: Audited,
  act: string,
  result: AuditResult,
  { what = { kind: 'session' }, facility, details = {} }: Partial<Notes>,
): Promise<void> {
  return recordAudit({
    at: new Date().toISOString(),
    who: who ?? request.careloop.person?.id ?? null,
    from: request.ip ?? '',
    requestId: request.careloop.id,
    act,
    what: inShort(what),
    facility: facility ?? facilityAsked(request) ?? null,
    result,
    details: { ...details, ...(isDryRun(request) && { dryRun: true }) },
  });
}

const longestId = 300;

/** Ids are recorded as sent; personal numbers in them are masked. */
function inShort({ kind, id }: AuditSubject): AuditSubject {
  return { kind, ...(id !== undefined && { id: String(masked(id.slice(0, longestId)).value) }) };
}

/** For `POST /api/instances/{id}/skip` the subject is `instances` and the id in the path; for a creation, the id of the new object. */
function subjectOf({ route, request }: Audited, reply?: Reply): AuditSubject {
  const kind = pathOf(route).split('/')[2] ?? '';
  const params = Object.values(request.params).map(String);
  if (params.length > 0) return { kind, id: params.join('/') };
  const made = reply?.headers?.['Location']?.split('/').slice(3).map(decodeURIComponent).join('/');
  const id = made ?? memberOf(reply?.body, 'id');
  return { kind, ...(typeof id === 'string' && { id }) };
}

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

const isDryRun = ({ body, query }: Request): boolean => memberOf(body, 'dryRun') === true || query['dryRun'] === 'true';

function facilityAsked({ body, query }: Request): string | undefined {
  const asked = memberOf(body, 'facility') ?? query['facility'];
  return typeof asked === 'string' && /^[A-Z]{2}$/.test(asked) ? asked : undefined;
}
