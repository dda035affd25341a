/** Checks of a definition before its deployment, and their messages; used by dry runs too. */

import type { Schemas } from '../../../engine/compile/index.ts';
import { asUtf8 } from '../../../engine/files/decode.ts';
import { tagOf } from '../../../engine/model/binding.ts';
import type { LocalizedText, Plan, Problem } from '../../../engine/model/plan.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { listSentNames } from '../../../store/definitions/uses.ts';
import { listRoles } from '../../../store/organisation/roles.ts';
import type { DefinitionCompiler } from '../../compiler/compiler.ts';
import { registeredWorkers } from '../job-types/job-workers.ts';
import type { DefinitionSource, LintContext } from './lint-definition.ts';
import { timerStartProblems } from './start-events.ts';

export interface Checked {
  /** Empty when any problem is an error. */
  plans: Plan[];
  problems: Problem[];
  /** The file as sent; its hash tells whether it changed. */
  source: string;
  /** The file as stored, with a generated diagram if it had none. */
  xml: string;
  /** The form-js schemas of each plan's forms. */
  schemas: Schemas;
}

export async function checkDefinition(compiler: DefinitionCompiler, definition: DefinitionSource): Promise<Checked> {
  const [workers, roles] = await Promise.all([registeredWorkers(), knownRoles()]);
  const about: LintContext = { workers, ...(Object.keys(roles).length > 0 && { roles }) };
  const alone = await compiler.lint(definition, about);
  const others = ['message-never-sent', 'signal-never-thrown'];
  const context = alone.problems.some(({ code }) => others.includes(code))
    ? { ...about, ...(await sentAround(alone.plans)) }
    : about;
  const { plans, problems, drawn, schemas } = context === about ? alone : await compiler.lint(definition, context);
  const refused = await Promise.all([
    ...plans.map((plan) => timerStartProblems(plan, new Date().toISOString())),
    unresolvedCalls(plans),
  ]);
  if (plans.length === 0 || refused.flat().length > 0)
    return { plans: [], problems: [...problems, ...refused.flat()], source: '', xml: '', schemas: {} };
  const source = asUtf8(definition.xml);
  const xml = drawn ? undefined : await compiler.draw(definition, context);
  return { plans, problems, schemas, source, xml: xml ?? source };
}

export async function knownRoles(): Promise<Record<string, LocalizedText>> {
  const roles = await listRoles();
  return Object.fromEntries(roles.map(({ _id, name, englishName }) => [_id, { zh: name, en: englishName }]));
}

/** Calls bound to a version tag that neither a deployed version nor this file has. */
async function unresolvedCalls(plans: Plan[]): Promise<Problem[]> {
  const calls = plans.flatMap((plan) =>
    Object.values(plan.elements).flatMap((element) => {
      if (element.kind !== 'callActivity' || !('literal' in element.process)) return [];
      const tag = tagOf(element.binding);
      return tag === undefined ? [] : [{ element, process: element.process.literal, tag }];
    }),
  );
  const problems = await Promise.all(
    calls.map(async ({ element, process, tag }): Promise<Problem[]> => {
      if (plans.some((plan) => plan.key === process && plan.versionTag === tag)) return [];
      if (await findPlan(process, { versionTag: tag })) return [];
      return [
        {
          severity: 'error',
          code: 'unresolved-binding',
          element: element.id,
          ...(element.name !== undefined && { elementName: element.name }),
          message: `It calls "${process}" with the version tag "${tag}", which no deployed version has.`,
          hint: 'Deploy that version first, or bind to another one.',
        },
      ];
    }),
  );
  return problems.flat();
}

async function sentAround(plans: Plan[]): Promise<{ sentMessages: string[]; thrownSignals: string[] }> {
  const { messages, signals } = await listSentNames(plans.map(({ key }) => key));
  return { sentMessages: messages, thrownSignals: signals };
}
