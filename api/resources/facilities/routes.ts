/** The facilities of the group: names, zone, region (which rules hold) and working calendar. */
import { canonicalJson } from '../../../engine/model/canonical-json.ts';
import { findCalendar } from '../../../store/organisation/calendars.ts';
import {
  addFacility,
  type Facility,
  findFacility,
  listFacilities,
  saveFacility,
} from '../../../store/organisation/facilities.ts';
import { findRules } from '../../../store/organisation/rule-sets.ts';
import { noteDetails, noteSubject } from '../../http/audit.ts';
import { type FieldError, invalid, notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import {
  type FacilityBody,
  facilityBody,
  facilityList,
  facilityParams,
  facilitySchema,
  newFacilityBody,
} from './schemas.ts';

const tag = 'Facilities';

export function facilityRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/facilities',
      access: 'staff',
      tag,
      summary: 'The facilities of the group, by code',
      answers: { 200: { description: 'All facilities.', schema: facilityList } },
      async handle() {
        return { body: { items: await Promise.all((await listFacilities()).map(view)) } };
      },
    }),
    route({
      key: 'POST /api/facilities',
      access: groupOperators,
      tag,
      summary: 'Add a facility',
      description: 'Nobody has a role there yet; the code cannot be changed.',
      body: { schema: newFacilityBody },
      idempotency: 'optional',
      answers: {
        200: { description: 'The same facility existed already.', schema: facilitySchema },
        201: { description: 'Added.', schema: facilitySchema },
      },
      async handle({ body: { code, ...facility } }) {
        noteSubject({ kind: 'facilities', id: code }, code);
        noteDetails({ after: facility });
        await requireKnown(facility);
        const added = { _id: code, ...facility };
        const isNew = await addFacility(added);
        if (!isNew && canonicalJson({ ...(await existing(code)) }) !== canonicalJson({ ...added })) throw taken(code);
        return { status: isNew ? 201 : 200, body: await view(added) };
      },
    }),
    route({
      key: 'PUT /api/facilities/{code}',
      access: groupOperators,
      tag,
      summary: 'Change a facility',
      description:
        'Applies to cases that begin from now on. Another region has other rules, including those for payments: the change needs a second person.',
      params: facilityParams,
      body: { schema: facilityBody },
      answers: { 200: { description: 'The facility in its new state.', schema: facilitySchema } },
      async secondPerson({ params: { code }, body }) {
        const { region } = await existing(code);
        return region === body.region ? undefined : { elements: [`facility ${code}/region`], facility: null };
      },
      async handle({ params: { code }, body }) {
        noteSubject({ kind: 'facilities', id: code }, code);
        const { _id, ...before } = await existing(code);
        await requireKnown(body);
        noteDetails({ before, after: body });
        const changed = { _id, ...body };
        if (canonicalJson({ ...before }) !== canonicalJson({ ...body })) await saveFacility(changed);
        return { body: await view(changed) };
      },
    }),
  ];
}

async function view({ _id: code, ...facility }: Facility) {
  const rules = await findRules(facility.region, new Date().toISOString());
  return { code, ...facility, ruleSet: rules && { key: rules.key, name: rules.name, version: rules.version } };
}

const taken = (code: string) =>
  new ProblemError({
    status: 409,
    code: 'facility-code-taken',
    detail: `There is another facility with the code ${code}.`,
    hint: 'Choose another code, or change the existing facility.',
  });

async function existing(code: string): Promise<Facility> {
  const facility = await findFacility(code);
  if (!facility) throw notFound(`facility ${code}`);
  return facility;
}

/** @throws ProblemError 422 */
async function requireKnown({ region, zone, calendar }: FacilityBody): Promise<void> {
  const [rules, found] = await Promise.all([findRules(region, new Date().toISOString()), findCalendar(calendar)]);
  const wrong: FieldError[] = [
    ...(rules ? [] : [problem('region', '没有适用于该地区的规则。', `No rules hold in the region "${region}" today.`)]),
    ...(isZone(zone) ? [] : [problem('zone', '没有这个时区。', `There is no zone "${zone}".`)]),
    ...(found ? [] : [problem('calendar', '没有这个工作日历。', `There is no calendar "${calendar}".`)]),
  ];
  if (wrong.length > 0) throw invalid(wrong, 422);
}

const problem = (field: string, zh: string, en: string): FieldError => ({
  path: `body.${field}`,
  code: `unknown_${field}`,
  message: en,
  words: { zh, en },
});

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
