/** Deployed definitions, their versions and files, and deployment. */
import type { Plan } from '../../../engine/model/plan.ts';
import {
  type DefinitionSummary,
  findFormSchema,
  findXml,
  listDefinitions,
  listNewest,
} from '../../../store/definitions/definitions.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { countByVersion } from '../../../store/runtime/instances.ts';
import type { Deps } from '../../http/deps.ts';
import { type Person, readableInstances } from '../../http/policy.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators } from '../../http/route-policy.ts';
import { formSchemaJson } from '../forms/schemas.ts';
import { followDeployed, schedulesOf } from '../schedules/schedule-acts.ts';
import { type Startable, startableBy } from '../starts/startable.ts';
import { diagramMediaTypes } from './definition-body.ts';
import { deployedFiles } from './deployed-files.ts';
import { deploy, dryRunDeployment } from './deployment.ts';
import { deploymentTouches } from './deployment-money.ts';
import { englishNamesOf } from './english-names.ts';
import { impactOf } from './impact.ts';
import { profileView } from './profile-view.ts';
import {
  definitionFiles,
  definitionList,
  definitionParams,
  definitionProfile,
  definitionQuery,
  deployBody,
  deployedSchema,
  deployQuery,
  formParams,
  impactSchema,
  versionParams,
} from './schemas.ts';

const tag = 'Definitions';
const keptForEver = { 'Cache-Control': 'private, max-age=31536000, immutable' };

export function definitionRoutes(deps: Deps): Route[] {
  const { compiler } = deps;
  return [
    route({
      key: 'GET /api/definitions',
      access: 'staff',
      tag,
      summary: 'All versions of all definitions, the newest first',
      query: definitionQuery,
      answers: { 200: { description: 'The definitions.', schema: definitionList } },
      async handle({ query }, { person, reach }) {
        const rows = await listDefinitions(query.key);
        const newest = new Map<string, number>();
        const schedules = new Map<string, Awaited<ReturnType<typeof schedulesOf>>>();
        for (const row of rows)
          if (!row.deactivated) newest.set(row.process, Math.max(row.version, newest.get(row.process) ?? 0));
        const counts = query.counts ? await countByVersion(readableInstances(person), query.key) : undefined;
        const listed = query.startable ? await startableAmong(rows, newest, person) : rows.map((row) => ({ row }));
        const items = await Promise.all(
          listed.map(async ({ row, ...startable }) => ({
            ...definitionView(row, newest.get(row.process) === row.version),
            ...englishNameIn(await englishNamesOf(row.process), row.process),
            ...startable,
            ...(counts && { instances: counts.get(row._id) ?? { active: 0, stopped: 0 } }),
          })),
        );
        for (const { row } of listed)
          if (row.timerStarts?.length && newest.get(row.process) === row.version)
            schedules.set(row.process, await schedulesOf(row.process, row, reach));
        return {
          body: {
            items: items.map((item) => {
              const own = item.newest ? schedules.get(item.key) : undefined;
              return own ? { ...item, schedules: own.items, schedulesPending: own.pending } : item;
            }),
          },
        };
      },
    }),
    route({
      key: 'POST /api/definitions',
      access: groupOperators,
      tag,
      summary: 'Deploy a definition',
      description:
        'BPMN 2.0 XML as the body, or JSON with its forms, English names and message texts. Errors and warnings are returned as data, by element; errors prevent the deployment. With `dryRun=true` nothing is deployed and the response gives the expected result. XML may have any declared encoding; a missing diagram is generated. Versions are immutable: running instances keep theirs.',
      query: deployQuery,
      body: { schema: deployBody, alsoTakes: diagramMediaTypes },
      idempotency: 'optional',
      answers: {
        200: { description: 'Unchanged, or a dry run.', schema: deployedSchema },
        201: { description: 'Deployed as a new version.', schema: deployedSchema },
      },
      async secondPerson({ body, query }) {
        return query.dryRun ? undefined : deploymentTouches(compiler, typeof body === 'string' ? { xml: body } : body);
      },
      dryRun: 'query',
      async handle({ body, query }, { person }) {
        const { note, ...definition } = typeof body === 'string' ? { xml: body, note: undefined } : body;
        const deployment = query.dryRun
          ? await dryRunDeployment(compiler, definition)
          : await deploy(compiler, definition, person.id, new Date().toISOString(), note);
        if (!deployment.ok) throw refused(deployment.problems);
        const { definitions, problems } = deployment;
        if (!query.dryRun)
          await followDeployed(
            deps,
            definitions.map(({ key }) => key),
          );
        const created = query.dryRun ? undefined : definitions.find((one) => one.created);
        return {
          status: created ? 201 : 200,
          ...(created && {
            headers: { Location: `/api/definitions/${encodeURIComponent(created.key)}/versions/${created.version}` },
          }),
          body: { definitions, problems },
        };
      },
    }),
    route({
      key: 'POST /api/definitions/impact',
      access: groupOperators,
      tag,
      summary: 'Effect of a deployment on running instances',
      description:
        'Nothing is deployed or migrated. A migration of some running instances is tried, and the outcomes of their waits are counted by element.',
      body: { schema: definitionFiles, limit: '4mb' },
      idempotency: 'optional',
      answers: { 200: { description: 'By process of the file.', schema: impactSchema } },
      async handle({ body }, { person }) {
        const impact = await impactOf(deps, body, readableInstances(person));
        if (!impact.ok) throw refused(impact.problems);
        return { body: { definitions: impact.definitions.map(({ hash: _hash, ...shown }) => shown) } };
      },
    }),
    route({
      key: 'GET /api/definitions/{key}',
      access: 'staff',
      tag,
      summary: 'The newest version of a definition, with its declarations',
      description: 'Who may start and lead it, its business key pattern, stages, columns, rules and start form.',
      params: definitionParams,
      answers: { 200: { description: 'The version that new instances use.', schema: definitionProfile } },
      async handle({ params: { key } }) {
        const [newest] = await listNewest(key);
        const found = newest && (await findPlan<Plan>(key, newest.version));
        if (!found) throw notFound(`definition ${key}`);
        const startForm = found.plan.profile?.startForm;
        const schema = startForm === undefined ? undefined : await findFormSchema(key, found.version, startForm);
        return { body: { ...definitionView(newest, true), ...profileView(found.plan, schema) } };
      },
    }),
    route({
      key: 'GET /api/definitions/{key}/versions/{version}',
      access: 'staff',
      tag,
      summary: 'The BPMN file of a version, as deployed',
      params: versionParams,
      answers: { 200: { description: 'BPMN 2.0 XML.', contentType: 'application/xml' } },
      async handle({ params }) {
        const found = await findXml(params.key, params.version);
        if (!found) throw notFound(`version ${params.version} of ${params.key}`);
        return {
          text: { type: 'application/xml', content: found.xml },
          headers: keptForEver,
        };
      },
    }),
    route({
      key: 'GET /api/definitions/{key}/versions/{version}/files',
      access: 'staff',
      tag,
      summary: 'All files of a version, ready to be deployed again',
      description: 'Includes those of the other processes in its file, which are deployed together.',
      params: versionParams,
      answers: { 200: { description: 'The files.', schema: definitionFiles } },
      async handle({ params: { key, version } }) {
        const found = await deployedFiles(key, version);
        if (!found) throw notFound(`version ${version} of ${key}`);
        return { body: found, unmasked: 'definition', headers: keptForEver };
      },
    }),
    route({
      key: 'GET /api/definitions/{key}/versions/{version}/forms/{formId}',
      access: 'staff',
      tag,
      summary: 'A form of a version, as deployed',
      description: 'The form-js schema, to be rendered with form-js and the variables of the task.',
      params: formParams,
      answers: { 200: { description: 'The schema.', schema: formSchemaJson } },
      async handle({ params: { key, version, formId } }) {
        const schema = await findFormSchema(key, version, formId);
        if (schema === undefined) throw notFound(`form ${formId} of version ${version} of ${key}`);
        return { body: schema, unmasked: 'definition', headers: keptForEver };
      },
    }),
  ];
}

async function startableAmong(
  rows: DefinitionSummary[],
  newest: ReadonlyMap<string, number>,
  person: Person,
): Promise<({ row: DefinitionSummary } & Startable)[]> {
  const current = rows.filter((row) => newest.get(row.process) === row.version);
  const startable = await Promise.all(
    current.map(async (row) => ({ row, startable: await startableBy(person, row.process, row.version) })),
  );
  return startable.flatMap(({ row, startable }) => (startable ? [{ row, ...startable }] : []));
}

function englishNameIn(names: Record<string, string>, process: string): { englishName?: string } {
  const englishName = names[process];
  return englishName === undefined ? {} : { englishName };
}

export function definitionView(row: DefinitionSummary, newest: boolean) {
  const { process, version, name, hash, versionTag, deployedAt, deployedBy, note, warnings, deactivated } = row;
  return {
    key: process,
    version,
    name,
    hash,
    ...(versionTag !== undefined && { versionTag }),
    deployedAt,
    deployedBy,
    ...(note !== undefined && { note }),
    warnings,
    newest,
    ...(deactivated && { deactivated }),
  };
}

function refused(problems: { severity: string; message: string }[]): ProblemError {
  const errors = problems.filter((one) => one.severity === 'error');
  return new ProblemError({
    status: 422,
    code: 'definition-refused',
    detail:
      `${errors.length === 1 ? 'One thing is' : `${errors.length} things are`} wrong with it. ${errors[0]?.message ?? ''}`.trim(),
    hint: 'Correct what "problems" lists by element, and deploy again.',
    more: { problems },
  });
}
