/** GET /api/instances/{id}/facts: facts for a decision, besides the columns of lists. */
import type { Plan } from '../../../engine/model/plan.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { isAssignee } from '../../../store/runtime/tasks.ts';
import { noteDetails } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { type Route, route } from '../../http/route.ts';
import { apiOf } from '../../processes/index.ts';
import { summaryColumns } from '../columns/summary.ts';
import { readableInstance } from '../instances/access.ts';
import { instanceParams } from '../instances/schemas.ts';
import { factValues } from './fact-values.ts';
import { factsSchema } from './schemas.ts';

export function factRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/instances/{id}/facts',
      access: 'staff',
      audit: 'sensitive',
      tag: 'Instances',
      summary: 'Facts for a decision: unlisted columns, and texts you may see',
      params: instanceParams,
      answers: { 200: { description: 'Current values; empty when no worker answers.', schema: factsSchema } },
      async handle({ params }, { person }) {
        const row = await readableInstance(params.id, person);
        const { key, version, hash } = row.definition;
        const plan = await findPinnedPlan<Plan>(key, version, hash);
        const facts = plan?.profile?.facts ?? [];
        const texts = (await apiOf(row.process)?.texts?.(row, person)) ?? [];
        noteDetails({ facts: facts.map(({ id }) => id), texts: texts.map(({ id }) => id) });
        const handles = await isAssignee(row._id, person.id);
        return {
          body: {
            facts: summaryColumns(facts, plan && facts.length > 0 ? await factValues(deps, row._id, plan, facts) : {}),
            texts,
          },
          ...(handles && { unmasked: { what: { kind: 'instances', id: row._id }, facility: row.facility } }),
        };
      },
    }),
  ];
}
