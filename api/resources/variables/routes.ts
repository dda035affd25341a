/** Variables of an instance: read by scope, and corrected. */
import type { Variables } from '../../../engine/model/plan.ts';
import { queryNames, updateNames, type VariablesSnapshot } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { operableInstance, readableInstance } from '../instances/access.ts';
import { actedAnswers, actor, sendInstanceUpdate } from '../instances/routes.ts';
import { instanceParams } from '../instances/schemas.ts';
import { instanceTouches } from '../proposals/money.ts';
import { holdsMarks, withStored } from './masked-values.ts';
import { variablesView as schema, setVariablesBody, variablesQuery } from './schemas.ts';
import { variablesView } from './view.ts';

const tag = 'Instances';

export function variableRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/instances/{id}/variables',
      access: 'staff',
      audit: 'sensitive',
      tag,
      summary: 'Variables by scope; of an ended instance, the final ones',
      description:
        'Queried from the process. Personal numbers are masked. Values over 2000 characters are truncated; with "name" a single one is returned in full.',
      params: instanceParams,
      query: variablesQuery,
      answers: { 200: { description: 'The variables.', schema } },
      async handle({ params, query }, { person }) {
        const row = await readableInstance(params.id, person);
        const outcome = await deps.processes.query<VariablesSnapshot>(row._id, queryNames.variables, query);
        if (outcome.kind !== 'done') throw historyGone(row._id);
        const view = variablesView(outcome.answer, query);
        if (query.scope !== undefined && view.scopes.length === 0) throw notFound(`scope ${query.scope} in ${row._id}`);
        const { name } = query;
        if (name !== undefined && view.scopes.every(({ variables }) => variables.length === 0))
          throw notFound(`variable "${name}" in ${row._id}`);
        return { body: view };
      },
    }),
    route({
      key: 'POST /api/instances/{id}/variables',
      access: operators,
      tag,
      summary: 'Correct variables',
      description:
        'Reserved variables (businessKey, facility, startedAt, startedBy, rules) are refused; rules may be replaced with "replaceRules".',
      params: instanceParams,
      body: { schema: setVariablesBody },
      idempotency: 'optional',
      answers: actedAnswers,
      secondPerson: async ({ params }, asked) => instanceTouches(await operableInstance(params.id, asked)),
      async handle({ params, body: { replaceRules: _, ...body } }, asked) {
        const row = await operableInstance(params.id, asked);
        const variables = await inFull(deps, row._id, body.scope, body.variables);
        return sendInstanceUpdate(deps, asked, row, 'variables', updateNames.setVariables, {
          ...body,
          variables,
          by: actor(asked.person),
        });
      },
    }),
  ];
}

/** Operators see masked numbers; numbers in values they correct around them keep the stored value. */
async function inFull(
  { processes }: Deps,
  instance: string,
  scope: string | undefined,
  given: Variables,
): Promise<Variables> {
  if (!holdsMarks(given)) return given;
  const outcome = await processes.query<VariablesSnapshot>(instance, queryNames.variables);
  if (outcome.kind !== 'done') return given;
  const { scopes } = outcome.answer;
  const held = scope === undefined ? scopes[0] : scopes.find(({ key }) => key === scope);
  return withStored(given, held?.variables ?? {});
}

function historyGone(id: string): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'history-gone',
    detail: `${id} has ended, and Temporal no longer keeps its history.`,
    hint: 'The journal remains: GET /api/instances/{id}/journal.',
  });
}
