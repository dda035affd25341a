/** Filter of instances, shared by lists, totals and batches, in a query or a body. */
import type { InstanceFilter } from '../../../store/runtime/instance-filter.ts';
import { longerThanUsual } from '../../../store/runtime/usual-waits.ts';
import { facilityCode, flag, instant, searchText, statusSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { columnFilterOf } from '../columns/list-query.ts';
import { columnParameters } from '../columns/schemas.ts';

const shared = {
  facility: facilityCode.optional(),
  process: z.string().min(1).max(100).optional(),
  stage: z.string().min(1).max(100).optional(),
  element: z.string().min(1).max(300).optional().describe('Element with a wait or an incident.'),
  incidentCode: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe('Code of an open incident; with "element", one at that element.'),
  startedFrom: instant.optional(),
  startedTo: instant.optional(),
  endedFrom: instant.optional(),
  endedTo: instant.optional(),
  dueFrom: instant.optional(),
  dueTo: instant.optional(),
  root: z
    .string()
    .min(3)
    .max(300)
    .optional()
    .describe('Id of the instance they descend from, by calls, messages and signals.'),
  q: searchText.describe('Prefix of a business key, or of a text or staff id in a searchable column.'),
};
const versionNumber = z.number().int().min(1);

const longerInWords =
  'true: running instances that have waited at an element longer than 95 % before them; with fewer than five before, past the due date.';

export const instanceFilterQuery = {
  ...shared,
  version: z.coerce.number().pipe(versionNumber).optional(),
  status: statusSchema.optional(),
  incident: flag.optional(),
  overdue: flag.optional(),
  longerThanUsual: flag.optional().describe(longerInWords),
  columns: columnParameters,
};

export const instanceFilterBody = z
  .strictObject({
    ...shared,
    version: versionNumber.optional(),
    overdue: z.boolean().optional(),
    incident: z.boolean().optional(),
    longerThanUsual: z.boolean().optional().describe(longerInWords),
    columns: columnParameters,
    ids: z.array(z.string().min(3).max(300)).min(1).max(1000).optional().describe('Instance ids.'),
  })
  .openapi('InstanceFilter', { example: { process: 'orders', element: 'PackOrder', incident: true } });
export type AskedFilter = z.infer<typeof instanceFilterBody> & { status?: InstanceFilter['status'] };

/**
 * As a store query, without the access condition.
 * @throws ProblemError 400 for an unknown column
 */
export async function instanceFilterOf(asked: AskedFilter): Promise<InstanceFilter> {
  const { version, status, stage, element, incident, incidentCode, overdue, root, ids } = asked;
  return {
    ...(await columnFilterOf(asked)),
    version,
    status,
    stage,
    element,
    incident,
    incidentCode,
    overdue,
    root,
    ids,
    started: { from: asked.startedFrom, to: asked.startedTo },
    ended: { from: asked.endedFrom, to: asked.endedTo },
    due: { from: asked.dueFrom, to: asked.dueTo },
    ...(asked.longerThanUsual && { also: await longerThanUsual(new Date().toISOString(), asked.process) }),
  };
}
