/**
 * The audit trail of requests (docs/operations.md#audit-trail). Which requests are in it follows from their route: all that change
 * something, and those marked `sensitive`. What only their handler knows (whose row, what was shown in full) it notes here.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Request } from 'express';
import type { AuditResult, AuditSubject } from '../../store/audit/entries.ts';
import { recordAudit, requireAuditTrail } from '../../store/audit/record.ts';
import { masked } from './masking.ts';
import type { ProblemFields } from './problem.ts';
import { methodOf, pathOf, type Reply, type Route } from './route.ts';

/** What a handler says of its request. */
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
  /** Its entry is written, or waits to be. */
  told: boolean;
}

const current = new AsyncLocalStorage<Audited>();
const audits = new WeakMap<Request, Audited>();

const isAct = (route: Route): boolean => methodOf(route) !== 'get' && route.audit !== 'none';
const isAudited = (route: Route): boolean => isAct(route) || route.audit === 'sensitive';

/** What the request is about, as soon as it is known: refused ones say it as well. @param facility where it belongs */
export function noteSubject(what: AuditSubject, facility?: string): void {
  const notes = current.getStore()?.notes;
  if (!notes) return;
  notes.what = what;
  if (facility !== undefined) notes.facility = facility;
}

/** Codes, ids, names of fields; never what people wrote. */
export function noteDetails(details: Record<string, unknown>): void {
  Object.assign(current.getStore()?.notes.details ?? {}, details);
}

/** Who it is, where a request has no session yet. */
export function noteWho(staff: string): void {
  const notes = current.getStore()?.notes;
  if (notes) notes.who = staff;
}

/** Before something is shown in full that is masked for others: on disk before anybody sees it. @param fields which ones */
export async function recordLift(what: AuditSubject, facility: string, fields: string[]): Promise<void> {
  const audited = current.getStore();
  if (audited) await record(audited, 'mask-lifted', 'done', { what, facility, details: { fields } });
}

/** An act beside the request itself, for instance that a login is locked from now on. */
export async function recordAct(act: string, notes: Partial<Notes>): Promise<void> {
  const audited = current.getStore();
  if (audited) await record(audited, act, 'done', { ...audited.notes, ...notes });
}

/** A request has come to its route: from here on whatever becomes of it can be told. */
export function beginAudit(route: Route, request: Request): void {
  audits.set(request, { route, request, notes: { details: {} }, told: false });
}

/**
 * Around the handler of a route. An act is not begun while the trail cannot be written, and answered when its entry is on disk; a read
 * is answered at once, its entry waits where the database is away.
 * @throws AuditUnavailableError for the API's 503
 */
export async function audited(request: Request, handle: () => Promise<Reply>): Promise<Reply> {
  const one = audits.get(request);
  if (!one) throw new Error('beginAudit comes first.');
  const { route, notes } = one;
  if (isAudited(route)) requireAuditTrail();
  const reply = await current.run(one, handle);
  if (!isAudited(route)) return reply;
  one.told = true;
  const written = record(one, route.key, 'done', { ...notes, what: notes.what ?? subjectOf(one, reply) });
  if (isAct(route)) await written;
  else written.catch(() => undefined);
  return reply;
}

/** A request that is answered with a problem. Its entry waits where the database is away. */
export function auditProblem(request: Request, { status, code }: ProblemFields): void {
  const one = audits.get(request);
  if (!one || one.told || !isAudited(one.route)) return;
  // Strangers and floods are counted by the metrics.
  const stranger = request.careloop.person === null && one.route.access !== 'public';
  if (stranger || code === 'too-many-requests') return;
  one.told = true;
  const { route, notes } = one;
  const result = status >= 500 ? 'failed' : 'refused';
  const told = { ...notes, what: notes.what ?? subjectOf(one), details: { ...notes.details, status, code } };
  record(one, route.key, result, told).catch(() => undefined);
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

/** Ids come as they were sent: a number of a person that was put there by mistake is not kept. */
function inShort({ kind, id }: AuditSubject): AuditSubject {
  return { kind, ...(id !== undefined && { id: String(masked(id.slice(0, longestId)).value) }) };
}

/** `POST /api/instances/{id}/skip` is about `instances`, the id in its address; what was made, about its own id. */
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
