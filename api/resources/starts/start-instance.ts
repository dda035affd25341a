/** Starts an instance of any definition, by a person or a program. */

import { instanceId } from '../../../engine/model/keys.ts';
import type { EventType, Plan } from '../../../engine/model/plan.ts';
import { findVersion } from '../../../store/definitions/definitions.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { attachFiles, beginWithFiles } from '../../../store/files/files.ts';
import { calendarAsOf, facilityAsOf } from '../../../store/organisation/as-of-revision.ts';
import type { Facility } from '../../../store/organisation/facilities.ts';
import { findOrganisationRevision } from '../../../store/organisation/revision.ts';
import { removeDraft } from '../../../store/runtime/drafts.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { claimStartRequest } from '../../../store/runtime/start-requests.ts';
import type { StartedBefore } from '../../../temporal/start.ts';
import type { ApiConfig } from '../../config.ts';
import { keyTooLong } from '../../http/business-keys.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import { mayOperate, maySee, mayStart, type Person } from '../../http/policy.ts';
import { forbidden, invalid, notFound, ProblemError } from '../../http/problem.ts';
import { roleMissing } from '../../http/role-missing.ts';
import { whyNoTimeScale } from '../../http/time-scale-allowed.ts';
import { apiOf } from '../../processes/index.ts';
import { filesHandedIn } from '../files/handed-in.ts';
import { untilListed } from '../instances/listed.ts';
import { businessKeyFor } from './business-key.ts';
import type { StartBody } from './schemas.ts';
import { submitStart } from './start-form.ts';

export interface StartResult {
  id: string;
  process: string;
  version: number;
  businessKey: string;
  /** False: started before, by this or another request. */
  began: boolean;
}

export async function startInstance(
  deps: Deps,
  person: Person,
  body: StartBody,
  idempotencyKey: string | undefined,
): Promise<StartResult> {
  const { processes, config, metrics } = deps;
  const { process, businessKey: asked } = body;
  const elsewhere = apiOf(process)?.startedElsewhere;
  if (elsewhere !== undefined) throw startedElsewhere(process, elsewhere);
  const found = await findPlan<Plan>(process, body.version);
  if (!found)
    throw notFound(`deployed definition ${process}${body.version === undefined ? '' : ` version ${body.version}`}`);
  const { plan, version, hash } = found;
  const tooLong = asked === undefined ? undefined : keyTooLong(process, asked, 'body.businessKey');
  if (tooLong) throw invalid([tooLong], 422);
  const organisationRevision = await findOrganisationRevision();
  const place = await facilityAsOf(organisationRevision, body.facility);
  const { facility, role } = await requireAllowed(person, body, plan, place, config);
  if (body.version !== undefined) await requireActive(process, body.version);
  if (startsOnlyByEvents(plan))
    throw wrong(
      'process',
      'no_none_start',
      `${process} has no start event without a trigger: ${startEventHints(plan).join(', or ')}.`,
    );
  const own = apiOf(process)?.start;
  const takesOthers = own === undefined && mayOperate(person, facility._id);
  const variables = await submitStart(plan, body.variables, takesOthers, {
    zone: facility.zone,
    calendar: () => calendarAsOf(organisationRevision, facility.calendar),
  });
  if (own) {
    requireAllocated(body);
    const { timeScale } = body;
    const started = await own(deps, { person, facility: facility._id, values: variables, idempotencyKey, timeScale });
    await removeDraft({ person: person.id, kind: 'start', of: process });
    return { ...started, process, version };
  }

  const startForm = plan.profile?.startForm === undefined ? undefined : plan.forms[plan.profile.startForm];
  const at = new Date().toISOString();
  const request = digestOf(person.id, 'POST /api/instances', idempotencyKey ?? crypto.randomUUID());
  const files = await filesHandedIn(startForm, body.variables, { person, facility: facility._id, request });
  const content = digestOf(person.id, body);
  if (idempotencyKey !== undefined && !(await claimStartRequest(request, content))) throw keyUsedTwice();

  /** Starts it under the key, or returns the instance that this request or one with the same content started. */
  const tryUnder = async (businessKey: string): Promise<StartResult | 'taken'> => {
    const id = instanceId(process, businessKey);
    const begun = { id, process, businessKey };
    const row = await findInstance(id);
    if (!row) await beginWithFiles(files, { instance: id, request });
    const before: StartedBefore | undefined = row
      ? { version: row.definition.version, ...(row.origin && { origin: row.origin }) }
      : await processes.startByRequest(
          {
            process,
            version,
            hash,
            businessKey,
            facility: facility._id,
            organisationRevision,
            variables,
            startedBy: { id: person.id, ...(role !== undefined && { role }) },
            origin: { request, content },
            ...(body.timeScale !== undefined && { speed: body.timeScale }),
          },
          plan.name,
        );
    if (!before) {
      metrics.started.inc({ process, facility: facility._id });
      return { ...begun, version, began: true };
    }
    const isRepeat =
      before.origin?.request === request || (body.businessKey !== undefined && before.origin?.content === content);
    return isRepeat ? { ...begun, version: before.version ?? version, began: false } : 'taken';
  };

  const begun = await underKey({ body, plan, facility, at, request }, tryUnder);
  await attachFiles(files, { instance: begun.id, at });
  await removeDraft({ person: person.id, kind: 'start', of: process });
  await untilListed(deps, begun.id);
  return begun;
}

interface Keyed {
  body: StartBody;
  plan: Plan;
  facility: Facility;
  at: string;
  request: string;
}

/** The requested key, the next one of the pattern, or a random one. */
async function underKey(
  { body, plan, facility, at, request }: Keyed,
  tryUnder: (businessKey: string) => Promise<StartResult | 'taken'>,
): Promise<StartResult> {
  const pattern = plan.profile?.businessKeyPattern;
  if (body.businessKey !== undefined || !pattern) {
    const key = body.businessKey ?? `${facility._id}-${request.slice(0, 16)}`;
    const begun = await tryUnder(key);
    if (begun === 'taken') throw businessKeyTaken(body.process, key);
    return begun;
  }
  let begun: StartResult | 'taken' = 'taken';
  const key = await businessKeyFor({ process: plan.key, pattern, facility, at, request }, async (next) => {
    begun = await tryUnder(next);
    return begun !== 'taken';
  });
  // A pattern without a serial has one key per period.
  if (begun === 'taken') begun = await tryUnder(key);
  if (begun === 'taken') throw businessKeyTaken(body.process, key);
  return begun;
}

/** @returns the facility, and the role in which the person starts it */
async function requireAllowed(
  person: Person,
  body: StartBody,
  plan: Plan,
  facility: Facility | null,
  config: ApiConfig,
): Promise<{ facility: Facility; role?: string }> {
  const code = body.facility;
  if (!maySee(person, code))
    throw forbidden('wrong-facility', `You do not belong to the facility ${code}.`, 'Name a facility of yours.');
  if (!facility) throw wrong('facility', 'unknown_facility', `There is no facility ${code}.`);
  const starters = plan.profile?.candidateStarterGroups ?? [];
  const allowed = mayStart(person, code, starters);
  if (!allowed.ok)
    throw await roleMissing(starters.length > 0 ? { roles: starters } : { duty: 'operate' }, code, allowed.code);
  const noTimeScale = body.timeScale === undefined ? undefined : await whyNoTimeScale(config);
  if (noTimeScale !== undefined) throw wrong('timeScale', 'not_allowed', noTimeScale);
  if (!mayOperate(person, code)) {
    if (body.version !== undefined)
      throw wrong('version', 'not_allowed', 'Only operators may choose a version; others start the newest.');
    if (body.businessKey !== undefined && plan.profile?.businessKeyPattern)
      throw wrong('businessKey', 'not_allowed', 'The business keys of this process are allocated; omit it.');
  }
  return { facility, ...(allowed.role !== undefined && { role: allowed.role }) };
}

/** A process registered by its own request runs on the newest version, under its own number. */
function requireAllocated({ version, businessKey }: StartBody): void {
  const given = Object.entries({ version, businessKey }).filter(([, value]) => value !== undefined);
  if (given.length === 0) return;
  throw invalid(
    given.map(([name]) => ({
      path: `body.${name}`,
      code: 'not_allowed',
      message: 'This process is registered under a number of its own, on its newest version; omit this field.',
    })),
    422,
  );
}

export function startsOnlyByEvents({ key, elements }: Plan): boolean {
  const process = elements[key];
  return process?.kind === 'process' && process.starts.length === 0;
}

/** How to start a process that has only start events with triggers. */
function startEventHints({ key, elements }: Plan): string[] {
  const triggers = Object.values(elements).flatMap((element) =>
    element.kind === 'startEvent' && element.parent === key ? element.events.map((event) => event.type) : [],
  );
  const ways: Partial<Record<EventType, string>> = {
    message: 'send its start message (POST /api/messages)',
    signal: 'broadcast its start signal (POST /api/signals)',
    timer: `trigger one of its schedules (GET /api/definitions/${encodeURIComponent(key)}/schedules)`,
    conditional: 'evaluate its condition (POST /api/conditions)',
  };
  return [...new Set(triggers)].flatMap((type) => ways[type] ?? []);
}

const wrong = (field: string, code: string, message: string): ProblemError =>
  invalid([{ path: `body.${field}`, code, message }], 422);

function startedElsewhere(process: string, hint: string): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'started-elsewhere',
    detail: `An instance of ${process} is not started by this request.`,
    hint,
  });
}

function businessKeyTaken(process: string, key: string): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'business-key-taken',
    detail: `Another request has started an instance of ${process} under the business key ${key}, with other content or by another person.`,
    hint: 'Choose another business key, or omit it to get one allocated.',
  });
}

function keyUsedTwice(): ProblemError {
  return new ProblemError({
    status: 422,
    code: 'idempotency-key-reused',
    detail: 'Your earlier request with this Idempotency-Key had other content.',
    hint: 'Use a fresh key for another start; repeat a request unchanged.',
  });
}

/** @throws ProblemError 409 when the version is deactivated */
export async function requireActive(process: string, version: number): Promise<void> {
  const out = (await findVersion(process, version))?.deactivated;
  if (!out) return;
  throw new ProblemError({
    status: 409,
    code: 'version-deactivated',
    detail: `Version ${version} of ${process} was deactivated at ${out.at}${out.reason === undefined ? '' : `: ${out.reason}`}.`,
    hint: 'Choose another version, or activate this one again.',
  });
}
