/** Definitions, deployments, and problems as data. */

import { definitionKey, flag, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { migrationOutcome } from '../changes/schemas.ts';
import { formSchema } from '../forms/schemas.ts';
import { scheduleSchema } from '../schedules/schemas.ts';
import { messageTemplates } from './message-templates.ts';

const engineProblem = z
  .object({
    severity: z.enum(['error', 'warning', 'info']).describe('An error prevents deployment; info may be intended.'),
    code: z.string(),
    element: z.string().optional(),
    elementName: z.string().optional(),
    message: z.string(),
    hint: z.string().optional(),
    position: z.object({ line: z.number(), column: z.number() }).optional(),
    constraints: z.array(z.string()).optional().describe('Violated constraints of the standard (docs/constraints.md).'),
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
    note: z.string().optional().describe('Note of who deployed it.'),
    warnings: z.array(engineProblem),
    newest: z.boolean(),
    deactivated: z
      .object({ at: z.string(), by: z.string(), reason: z.string().optional() })
      .optional()
      .describe('It starts no new instances.'),
    englishName: z.string().optional(),
    instances: z
      .object({ active: z.number().int(), stopped: z.number().int().describe('By an incident.') })
      .optional()
      .describe('With `counts=true`: number of running instances at your facilities.'),
    startableAt: z.array(z.string()).optional().describe('With `startable=true`: facilities where you may start it.'),
    startedElsewhere: z.string().optional().describe('With `startable=true`: its own start request, if it has one.'),
    schedules: z.array(scheduleSchema).optional().describe('Its schedules; newest version only.'),
    schedulesPending: z.boolean().optional().describe('Its timers have not been taken over yet: no worker is running.'),
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
    title: z.string().optional().describe('Title of an instance: FEEL after `=`, or a constant.'),
    candidateStarterGroups: roleList.describe('Roles that may start it at their facility; `*`: any employee.'),
    leaderGroups: roleList.describe('Roles that lead it at their facility.'),
    businessKeyPattern: z
      .string()
      .optional()
      .openapi({ example: '{facility}{yyyy}{MM}{serial:4}', description: 'Pattern of its business keys.' }),
    englishNames: z
      .record(z.string(), z.string())
      .optional()
      .describe('English names of its elements, if the definition has any.'),
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
      .describe('Columns of lists, for display, filters and sorting.'),
    rules: z.array(z.string()).describe('Paths of the rule set that its instances receive.'),
    startForm: formSchema.nullable().describe('The start form.'),
  })
  .openapi('DefinitionProfile');
export const definitionParams = z.object({ key: definitionKey });
export const definitionQuery = z.object({
  key: z.string().max(100).optional(),
  counts: flag.optional().describe('Also count the running instances you may read, by version.'),
  startable: flag.optional().describe('Only definitions you may start, and where: the newest version of each.'),
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

/** Minimal definition with a user task. */
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

/** A definition with its forms, English names, message templates and decisions. */
const files = {
  xml: z.string().min(1),
  forms: record.optional().describe('form-js schemas by form id.'),
  englishNames: z.record(z.string(), z.string()).optional().describe('English names by element id.'),
  messages: messageTemplates
    .optional()
    .describe(
      'Texts of messages to people by id, in Chinese (`zh`) and English (`en`); tasks name them in the header `template`.',
    ),
  decisions: z.array(z.string().min(1)).max(50).optional().describe('DMN files with its decisions.'),
};

export const definitionFiles = z.strictObject(files).openapi('DefinitionFiles', { example: filesExample });

const deployment = z
  .strictObject({
    ...files,
    note: z.string().trim().min(1).max(1000).optional().describe('Note on the change, shown in the version list.'),
  })
  .openapi('Deployment', {
    example: filesExample,
  });

/** The BPMN XML alone, or with its forms and texts. */
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
        created: z.boolean().describe('False: equal to the newest version; nothing was deployed.'),
      }),
    ),
    problems: z.array(engineProblem).describe('Warnings and info.'),
  })
  .openapi('Deployed');

export const impactSchema = z
  .object({
    definitions: z.array(
      z.object({
        key: z.string(),
        version: z.number().int().describe('The version number it would get.'),
        name: z.string(),
        created: z.boolean().describe('False: equal to the newest version.'),
        running: z.number().int().describe('Instances on other versions, which keep theirs until migrated.'),
        tried: z.number().int().describe('Number of tried migrations: the oldest instances you may read.'),
        possible: z.number().int().describe('Of those, how many could be migrated without decisions.'),
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
