/** Which instances are meant: the same filter for lists, totals and batches, in a query or in a body. */
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
  element: z.string().min(1).max(300).optional().describe('Where something waits or is stopped.'),
  incidentCode: z
    .string()
    .min(1)
    .max(60)
    .optional()
    .describe('Code of an open incident; with "element", of one there.'),
  startedFrom: instant.optional(),
  startedTo: instant.optional(),
  endedFrom: instant.optional(),
  endedTo: instant.optional(),
  dueFrom: instant.optional(),
  dueTo: instant.optional(),
  q: searchText.describe('Beginning of a business key, or of a text or staff id in a searchable column.'),
};
const versionNumber = z.number().int().min(1);

const longerInWords =
  'true: running ones that stand longer at an element than nineteen of twenty did before; where fewer than five did, past its due date.';

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
 * As the store takes it, without who may see what.
 * @throws ProblemError 400 for a column that the process does not have
 */
export async function instanceFilterOf(asked: AskedFilter): Promise<InstanceFilter> {
  const { version, status, stage, element, incident, incidentCode, overdue, ids } = asked;
  return {
    ...(await columnFilterOf(asked)),
    version,
    status,
    stage,
    element,
    incident,
    incidentCode,
    overdue,
    ids,
    started: { from: asked.startedFrom, to: asked.startedTo },
    ended: { from: asked.endedFrom, to: asked.endedTo },
    due: { from: asked.dueFrom, to: asked.dueTo },
    ...(asked.longerThanUsual && { also: await longerThanUsual(new Date().toISOString(), asked.process) }),
  };
}
