/** Definitions: definitions, what is deployed, and what is wrong with one as data. */

import { definitionKey, flag, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { migrationOutcome } from '../changes/schemas.ts';
import { formSchema } from '../forms/schemas.ts';
import { scheduleSchema } from '../schedules/schemas.ts';
import { messageTemplates } from './message-templates.ts';

const engineProblem = z
  .object({
    severity: z.enum(['error', 'warning', 'info']).describe('An error refuses; info may well be meant so.'),
    code: z.string(),
    element: z.string().optional(),
    elementName: z.string().optional(),
    message: z.string(),
    hint: z.string().optional(),
    position: z.object({ line: z.number(), column: z.number() }).optional(),
    constraints: z
      .array(z.string())
      .optional()
      .describe('The constraints of the standard that are broken (docs/constraints.md).'),
  })
  .openapi('DefinitionProblem');

export const definitionSchema = z
  .object({
    key: z.string(),
    version: z.number().int(),
    name: z.string(),
    hash: z.string().describe('SHA-256 of the compiled plan.'),
    versionTag: z.string().optional(),
    deployedAt: z.string(),
    deployedBy: z.string(),
    note: z.string().optional().describe('What whoever deployed it said of the change.'),
    warnings: z.array(engineProblem),
    newest: z.boolean(),
    deactivated: z
      .object({ at: z.string(), by: z.string(), reason: z.string().optional() })
      .optional()
      .describe('Nothing begins by it any more.'),
    englishName: z.string().optional(),
    instances: z
      .object({ active: z.number().int(), stopped: z.number().int().describe('By an incident.') })
      .optional()
      .describe('With `counts=true`: how many of your facilities run on it now.'),
    startableAt: z.array(z.string()).optional().describe('With `startable=true`: the facilities where you may.'),
    startedElsewhere: z.string().optional().describe('With `startable=true`: the request of its own that starts it.'),
    schedules: z.array(scheduleSchema).optional().describe('What begins it by the clock; of the newest version.'),
    schedulesPending: z.boolean().optional().describe('Its timers are not taken over yet: a worker is missing.'),
  })
  .openapi('Definition');

export const definitionList = z.object({ items: z.array(definitionSchema) }).openapi('DefinitionList');

const names = {
  name: z.string().describe('Chinese.'),
  englishName: z.string().optional(),
};
const roleList = z.array(z.string()).describe('Role ids.');

export const definitionProfile = definitionSchema
  .omit({ instances: true, schedules: true, schedulesPending: true })
  .extend({
    title: z.string().optional().describe('The line people see of an instance: FEEL after `=`, or a constant.'),
    candidateStarterGroups: roleList.describe('Role ids that may start it at a facility of theirs; `*`: any employee.'),
    leaderGroups: roleList.describe('Role ids that lead it at their facility.'),
    businessKeyPattern: z
      .string()
      .optional()
      .openapi({ example: '{facility}{yyyy}{MM}{serial:4}', description: 'How its business keys are made.' }),
    englishNames: z
      .record(z.string(), z.string())
      .optional()
      .describe('English names of the elements of its diagram, where the definition brings them.'),
    stages: z.array(z.object({ id: z.string(), ...names })),
    columns: z
      .array(
        z.object({
          id: z.string(),
          ...names,
          type: z.enum(['text', 'choice', 'number', 'money', 'date', 'person']),
          value: z.string().describe('FEEL after `=`.'),
          searchable: z.boolean(),
          choices: z.array(z.object({ value: z.string(), ...names })).optional(),
        }),
      )
      .describe('What lists show of its instances, and filter and sort by.'),
    rules: z.array(z.string()).describe('Paths of the rule set that its instances get.'),
    startForm: formSchema.nullable().describe('What a start asks for.'),
  })
  .openapi('DefinitionProfile');
export const definitionParams = z.object({ key: definitionKey });
export const definitionQuery = z.object({
  key: z.string().max(100).optional(),
  counts: flag.optional().describe('Also how many instances that you may read run on each version.'),
  startable: flag.optional().describe('Only what you may start, and where: the newest version of each.'),
});
export const deactivateBody = z
  .strictObject({ reason: z.string().trim().min(1).max(500).optional() })
  .openapi('Deactivate', { example: { reason: '由第 4 版取代' } });
export const versionParams = z.object({
  key: definitionKey,
  version: z.coerce.number().int().positive().openapi({ type: 'integer', example: 1 }),
});

export const formParams = versionParams.extend({
  formId: z.string().min(1).max(200).openapi({ example: 'order-form' }),
});

const record = z.record(z.string(), z.unknown()).openapi({ type: 'object', additionalProperties: true });

/** The smallest definition that waits for somebody. */
const diagramExample = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="Orders" targetNamespace="https://example.org/orders">
  <bpmn:process id="orders" name="订单" isExecutable="true">
    <bpmn:startEvent id="Begin" name="有订单" />
    <bpmn:sequenceFlow id="ToConfirm" sourceRef="Begin" targetRef="Confirm" />
    <bpmn:userTask id="Confirm" name="确认订单">
      <bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="ops" /></bpmn:extensionElements>
    </bpmn:userTask>
    <bpmn:sequenceFlow id="ToEnd" sourceRef="Confirm" targetRef="End" />
    <bpmn:endEvent id="End" name="已确认" />
  </bpmn:process>
</bpmn:definitions>`;

const filesExample = { xml: diagramExample, englishNames: { Confirm: 'Confirm the order' } };

/** A definition with its forms, English names, message texts and decisions. */
const files = {
  xml: z.string().min(1),
  forms: record.optional().describe('form-js schemas by form id.'),
  englishNames: z.record(z.string(), z.string()).optional().describe('English names by element id.'),
  messages: messageTemplates
    .optional()
    .describe(
      'Texts of messages to people by id, in Chinese (`zh`) and English (`en`); tasks name them in the header `template`.',
    ),
  decisions: z.array(z.string().min(1)).max(50).optional().describe('DMN files whose decisions it takes.'),
};

export const definitionFiles = z.strictObject(files).openapi('DefinitionFiles', { example: filesExample });

const deployment = z
  .strictObject({
    ...files,
    note: z.string().trim().min(1).max(1000).optional().describe('What is new in it, for those who look at versions.'),
  })
  .openapi('Deployment', {
    example: filesExample,
  });

/** The diagram alone, as XML, or with its forms and texts. */
export const deployBody = z.union([z.string().min(1), deployment]);

export const deployQuery = z.object({
  dryRun: flag.optional().describe('Only check: nothing is deployed.'),
});

export const deployedSchema = z
  .object({
    definitions: z.array(
      z.object({
        key: z.string(),
        version: z.number().int(),
        name: z.string(),
        hash: z.string(),
        created: z.boolean().describe('False: equal to the newest version, nothing was changed.'),
      }),
    ),
    problems: z.array(engineProblem).describe('Warnings and what may be worth a look.'),
  })
  .openapi('Deployed');

export const impactSchema = z
  .object({
    definitions: z.array(
      z.object({
        key: z.string(),
        version: z.number().int().describe('That it would get.'),
        name: z.string(),
        created: z.boolean().describe('False: equal to the newest version.'),
        running: z.number().int().describe('Instances on other versions: they stay on theirs until they are migrated.'),
        tried: z.number().int().describe('Of how many a migration was tried; the oldest that you may read.'),
        possible: z.number().int().describe('Of those, how many could be migrated as they are.'),
        waits: z.array(
          z.object({
            version: z.number().int().describe('On which they run.'),
            element: z.string(),
            elementName: z.string(),
            outcome: migrationOutcome,
            to: z.string().optional(),
            words: wordsSchema,
            instances: z.number().int(),
          }),
        ),
      }),
    ),
  })
  .openapi('DeploymentImpact');
