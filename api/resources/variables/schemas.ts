/** Variables of an instance: queries and corrections. */
import { ownVariables } from '../../../workflows/runtime/instance-messages.ts';
import { givenVariables, json, statusSchema, variablesWithout } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const variablesQuery = z.object({
  scope: z.string().min(1).max(50).optional().describe('Only this scope, by its key.'),
  name: z.string().min(1).max(200).optional().describe('Only this variable, in full.'),
});

export const variablesView = z
  .object({
    status: statusSchema,
    scopes: z
      .array(
        z.object({
          key: z.string().describe('What POST …/variables takes as "scope".'),
          element: z.string(),
          elementName: z.string(),
          kind: z.string(),
          within: z.string().optional().describe('Key of the parent scope; absent for the process.'),
          variables: z.array(
            z
              .object({
                name: z.string(),
                value: json.optional().describe('Absent if truncated.'),
                bytes: z.number().int().describe('Its size as JSON.'),
                cut: z.literal(true).optional().describe('Truncated: request it with ?name=.'),
                beginning: z.string().optional().describe('Beginning of the JSON of a truncated value.'),
                masked: z.literal(true).optional().describe('Phone or identity numbers in it are masked.'),
              })
              .openapi('Variable'),
          ),
        }),
      )
      .describe('Process first; inner scopes shadow outer ones.'),
  })
  .openapi('VariablesOfInstance');
export type VariablesView = z.infer<typeof variablesView>;

const scope = z.string().min(1).max(50).optional().describe('Wait key of a scope; default: the process.');
const mayBring = 'true: "rules" replaces the rule set of the instance.';

export const setVariablesBody = z
  .union([
    z.strictObject({ scope, variables: givenVariables, replaceRules: z.literal(false).optional().describe(mayBring) }),
    z.strictObject({
      scope,
      variables: variablesWithout(ownVariables.filter((name) => name !== 'rules')),
      replaceRules: z.literal(true).describe(mayBring),
    }),
  ])
  .openapi('SetVariables', { example: { variables: { amountCents: 12000 } } });
