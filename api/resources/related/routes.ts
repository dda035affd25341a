/** GET /api/instances/{id}/related, GET /api/similar-instances: related instances, as far as the person may read them. */
import { columnKey } from '../../../engine/columns/column-keys.ts';
import type { Plan, ProcessColumn } from '../../../engine/model/plan.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { findInstance, listCalled, listInstances } from '../../../store/runtime/instances.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import { covers, mayRead, type Person, readableInstances } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { searchedColumns } from '../columns/column-query.ts';
import { readableInstance } from '../instances/access.ts';
import { instanceParams } from '../instances/schemas.ts';
import { relatedSchema, similarQuery, similarSchema } from './schemas.ts';

const tag = 'Instances';
const most = 10;
const mostCalled = 50;

export function relatedRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/instances/{id}/related',
      access: 'staff',
      tag,
      summary: 'Related instances: its caller, those it has called, others with equal columns',
      description: 'As far as you may read them.',
      params: instanceParams,
      answers: { 200: { description: 'They.', schema: relatedSchema } },
      async handle({ params }, { person }) {
        const row = await readableInstance(params.id, person);
        const [parent, called, same] = await Promise.all([
          row.parent === undefined ? null : findInstance(row.parent),
          calledBy(row, person),
          aboutTheSame(row, person),
        ]);
        return { body: { ...(parent && mayRead(person, parent) && { parent: itemOf(parent) }), called, same } };
      },
    }),
    route({
      key: 'GET /api/similar-instances',
      access: 'staff',
      tag,
      summary: 'Running instances of any process with a given column value: possible duplicates',
      description: 'The newest few that you may read.',
      query: similarQuery,
      answers: { 200: { description: 'They.', schema: similarSchema } },
      async handle({ query }, { person, reach }) {
        const { facility, column, value } = query;
        if (!covers(reach, facility)) throw notFound(`facility ${facility}`);
        const rows = await instancesWith(column, value, { person, facility, status: 'active' });
        return { body: { items: rows.map(itemOf) } };
      },
    }),
  ];
}

const itemOf = ({ _id: id, process, title, businessKey, facility, status, startedAt }: InstanceRow) => ({
  id,
  process,
  title,
  businessKey,
  facility,
  status,
  startedAt,
});

async function calledBy({ _id }: InstanceRow, person: Person) {
  return (await listCalled(_id, mostCalled)).filter((row) => mayRead(person, row)).map(itemOf);
}

/** By the columns that its own definition declares. */
async function aboutTheSame(row: InstanceRow, person: Person) {
  const { key, version, hash } = row.definition;
  const declared = (await findPinnedPlan<Plan>(key, version, hash))?.profile?.columns ?? [];
  const columns = declared.filter(({ type, searchable }: ProcessColumn) => type === 'text' && searchable);
  const found = await Promise.all(
    columns.map(async ({ id, name, englishName }) => {
      const value = row.columns?.[id];
      if (value === undefined) return [];
      const rows = await instancesWith(id, String(value), { person, facility: row.facility });
      const items = rows.filter((one) => one._id !== row._id).map(itemOf);
      const column = { id, name, ...(englishName !== undefined && { englishName }) };
      return items.length > 0 ? [{ column, value: String(value), items }] : [];
    }),
  );
  return found.flat();
}

interface Within {
  person: Person;
  facility: string;
  status?: InstanceRow['status'];
}

/** Of every process with such a column, newest first. */
async function instancesWith(
  column: string,
  value: string,
  { person, facility, status }: Within,
): Promise<InstanceRow[]> {
  const sources = readableInstances(person, facility);
  if (sources.length === 0) return [];
  const columns = { oneOf: [[columnKey(column, 'text', value)]], within: [] };
  const processes = (await searchedColumns()).filter((one) =>
    one.columns.some(({ id, type }) => id === column && type === 'text'),
  );
  const found = await Promise.all(
    processes.map(({ process }) => listInstances({ process, status, sources, columns, limit: most + 1 })),
  );
  return found
    .flat()
    .filter((row) => row.facility === facility)
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1))
    .slice(0, most + 1);
}
