/** Starting an instance of any definition by hand or from another program. */
import type { EventType, Plan } from '../../../engine/model/plan.ts';
import { findPlan, findVersion } from '../../../store/definitions/definitions.ts';
import { findFacility } from '../../../store/organisation/facilities.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import { instanceId } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { maySee, type Person } from '../../http/policy.ts';
import { forbidden, invalid, notFound, ProblemError } from '../../http/problem.ts';
import { apiOf } from '../../processes/index.ts';
import { updateIdOf } from '../instances/instance-updates.ts';
import type { StartBody } from './schemas.ts';

export interface StartResult {
  id: string;
  process: string;
  version: number;
  businessKey: string;
  /** False: this request, or another one, had begun it before. */
  began: boolean;
}

export async function startInstance(
  { processes, config }: Deps,
  person: Person,
  body: StartBody,
  idempotencyKey: string | undefined,
): Promise<StartResult> {
  const { process, facility } = body;
  const elsewhere = apiOf(process)?.startedElsewhere;
  if (elsewhere !== undefined) throw startedElsewhere(process, elsewhere);
  if (!maySee(person, facility))
    throw forbidden('wrong-facility', `You do not belong to the facility ${facility}.`, 'Name a facility of yours.');
  if (!(await findFacility(facility))) throw wrong('facility', 'unknown_facility', `There is no facility ${facility}.`);
  if (body.clockSpeed !== undefined && !config.allowClockSpeed)
    throw wrong(
      'clockSpeed',
      'not_allowed',
      'The process clock runs in real time here; CARELOOP_ALLOW_CLOCK_SPEED=1 permits drills.',
    );
  const found = await findPlan<Plan>(process, body.version);
  if (!found)
    throw notFound(`deployed definition ${process}${body.version === undefined ? '' : ` version ${body.version}`}`);
  if (body.version !== undefined) await requireActive(process, body.version);
  if (startsOnlyByEvents(found.plan))
    throw wrong(
      'process',
      'no_none_start',
      `${process} has no start event without a trigger: ${startEventHints(found.plan).join(', or ')}.`,
    );
  const id = updateIdOf(person.id, 'POST /api/instances', body, idempotencyKey);
  const businessKey = body.businessKey ?? `${facility}-${id.slice(0, 16)}`;
  const began = await processes.start({
    process,
    version: found.version,
    businessKey,
    facility,
    variables: body.variables,
    startedBy: { id: person.id },
    ...(body.clockSpeed !== undefined && { speed: body.clockSpeed }),
  });
  const instance = instanceId(process, businessKey);
  await untilSeen(instance);
  return { id: instance, process, version: found.version, businessKey, began };
}

const seenWithinMs = 1500;

/** People read what they just began: its row is there in most cases, and comes later in all. */
async function untilSeen(instance: string): Promise<void> {
  const deadline = Date.now() + seenWithinMs;
  for (let pause = 40; Date.now() < deadline && !(await findInstance(instance)); pause = Math.min(pause * 2, 200))
    await new Promise((resolve) => setTimeout(resolve, pause));
}

function startsOnlyByEvents({ key, elements }: Plan): boolean {
  const process = elements[key];
  return process?.kind === 'process' && process.starts.length === 0;
}

/** How a process is begun by hand that has start events with triggers only, by what it has. */
function startEventHints({ key, elements }: Plan): string[] {
  const triggers = Object.values(elements).flatMap((element) =>
    element.kind === 'startEvent' && element.parent === key ? element.events.map((event) => event.type) : [],
  );
  const ways: Partial<Record<EventType, string>> = {
    message: 'send the message it begins with (POST /api/messages)',
    signal: 'throw the signal it begins with (POST /api/signals)',
    timer: `trigger one of its schedules (GET /api/definitions/${encodeURIComponent(key)}/schedules)`,
    conditional: 'have its condition evaluated (POST /api/conditions)',
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

/** @throws ProblemError 409 when the version was taken out of use */
export async function requireActive(process: string, version: number): Promise<void> {
  const out = (await findVersion(process, version))?.deactivated;
  if (!out) return;
  throw new ProblemError({
    status: 409,
    code: 'version-deactivated',
    detail: `Version ${version} of ${process} was deactivated at ${out.at}${out.reason === undefined ? '' : `: ${out.reason}`}.`,
    hint: 'Take another version, or activate this one again.',
  });
}
