/** Variables of an instance: what is looked at, and what is set right. */
import { ownVariables } from '../../../workflows/runtime/instance-messages.ts';
import { givenVariables, json, statusSchema, variablesWithout } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const variablesQuery = z.object({
  scope: z.string().min(1).max(50).optional().describe('Only this scope, by its key.'),
  name: z.string().min(1).max(200).optional().describe('Only this variable, and that one whole.'),
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
          within: z.string().optional().describe('Key of the next scope outwards; absent on the process.'),
          variables: z.array(
            z
              .object({
                name: z.string(),
                value: json.optional().describe('Absent where it is cut.'),
                bytes: z.number().int().describe('Its size as JSON.'),
                cut: z.literal(true).optional().describe('Too large for a list: ask for it with ?name=.'),
                beginning: z.string().optional().describe('Of a value that is cut: how its JSON begins.'),
                masked: z.literal(true).optional().describe('Phone or identity numbers in it are shown in part.'),
              })
              .openapi('Variable'),
          ),
        }),
      )
      .describe('The process first; inner scopes hide the variables of outer ones.'),
  })
  .openapi('VariablesOfInstance');
export type VariablesView = z.infer<typeof variablesView>;

const scope = z.string().min(1).max(50).optional().describe('Wait key of a scope; the process by default.');
const mayBring = 'true: the rule set in "rules" takes the place of the one the instance began with.';

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
