/** Rule sets: limits and thresholds per region, by version, and the next version. */
import { findRuleSet } from '../../../store/organisation/rule-sets.ts';
import { noteSubject } from '../../http/audit.ts';
import { notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { publishingTouches, publishRules } from './publish.ts';
import {
  publishBody,
  publishedSchema,
  ruleSetList,
  ruleSetParams,
  ruleVersionParams,
  ruleVersionSchema,
} from './schemas.ts';
import { ruleSetViews, ruleVersionView } from './view.ts';

const tag = 'Rule sets';

export function ruleRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/rule-sets',
      access: 'staff',
      tag,
      summary: 'Rule sets with their versions, and those in force today',
      answers: { 200: { description: 'By key.', schema: ruleSetList } },
      async handle() {
        return { body: { items: await ruleSetViews() } };
      },
    }),
    route({
      key: 'GET /api/rule-sets/{key}/versions/{version}',
      access: 'staff',
      tag,
      summary: 'A version of a rule set, rule by rule',
      params: ruleVersionParams,
      answers: { 200: { description: 'Its values, and the processes that read them.', schema: ruleVersionSchema } },
      async handle({ params: { key, version } }) {
        const ruleSet = await findRuleSet(key, version);
        if (!ruleSet) throw notFound(`version ${version} of the rule set ${key}`);
        return { body: await ruleVersionView(ruleSet) };
      },
    }),
    route({
      key: 'POST /api/rule-sets/{key}/versions',
      access: groupOperators,
      tag,
      summary: 'Publish the next version of a rule set',
      description:
        'Applies to cases that begin from its first day on; running ones keep their version. With "dryRun" nothing is stored and the response gives the changes. Changes that affect payments need a second person.',
      params: ruleSetParams,
      body: { schema: publishBody },
      idempotency: 'optional',
      dryRun: 'body',
      secondPerson: ({ params, body }) => publishingTouches(params.key, body),
      answers: { 200: { description: 'Published, or the changes of a dry run.', schema: publishedSchema } },
      async handle({ params: { key }, body }, { person }) {
        noteSubject({ kind: 'rule-sets', id: key });
        return { body: await publishRules(key, body, person.id) };
      },
    }),
  ];
}
