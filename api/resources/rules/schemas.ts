/** Rule sets: their versions, their values, and a new version. */
import { json } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const key = z.string().min(1).max(100).openapi({ example: 'beijing' });
export const ruleSetParams = z.object({ key });
export const ruleVersionParams = z.object({
  key,
  version: z.coerce.number().int().positive().openapi({ example: 1 }),
});

const version = z.object({
  version: z.number().int(),
  validFrom: z.string().describe('First day in force.'),
  validTo: z.string().optional().describe('Last day; absent: until a later version begins.'),
  inForce: z.boolean().describe('In force today, for new cases.'),
  note: z.string().optional(),
  publishedBy: z.string().optional().describe('Staff id; absent: shipped with Careloop.'),
  publishedAt: z.string().optional(),
});

export const ruleSetList = z
  .object({
    items: z.array(
      z
        .object({
          key: z.string(),
          name: z.string(),
          region: z.string(),
          facilities: z.array(z.string()).describe('Codes of those in its region.'),
          versions: z.array(version).describe('Newest first.'),
        })
        .openapi('RuleSet'),
    ),
  })
  .openapi('RuleSets');

const named = { name: z.string().optional(), englishName: z.string().optional() };

export const ruleVersionSchema = version
  .extend({
    key: z.string(),
    name: z.string(),
    region: z.string(),
    groups: z
      .array(
        z.object({
          path: z.string(),
          ...named,
          rules: z.array(
            z
              .object({
                path: z.string().describe('Dotted path, as used in diagrams: `limits.approval`.'),
                ...named,
                kind: z
                  .enum(['money', 'number', 'duration', 'roles', 'numbers', 'text', 'other'])
                  .describe('`money`: cents; `duration`: ISO 8601; `roles`: role ids.'),
                value: json,
                readBy: z.array(z.string()).describe('Processes that read it.'),
              })
              .openapi('Rule'),
          ),
        }),
      )
      .describe('Grouped by the first part of their path.'),
  })
  .openapi('RuleSetVersion');

export const publishBody = z
  .strictObject({
    base: z.number().int().positive().describe('The version it is based on, which must be the newest.'),
    validFrom: z.iso.date(),
    validTo: z.iso.date().optional(),
    rules: z
      .record(z.string().min(1).max(200), json)
      .openapi({ type: 'object', additionalProperties: true })
      .describe('New values by path; the others stay unchanged.'),
    note: z.string().trim().min(1).max(500).optional().describe('Reason, for the history.'),
    dryRun: z.boolean().default(false),
  })
  .openapi('PublishRules', {
    example: { base: 1, validFrom: '2027-01-01', rules: { 'limits.approval': 'PT12H' }, dryRun: true },
  });
export type PublishBody = z.infer<typeof publishBody>;

export const publishedSchema = z
  .object({
    ruleSet: z.object({
      key: z.string(),
      version: z.number().int(),
      validFrom: z.string(),
      validTo: z.string().optional(),
    }),
    changes: z
      .array(z.object({ path: z.string(), before: json.optional(), after: json }))
      .describe('Compared with the version otherwise in force on its first day.'),
    newCases: z
      .array(z.object({ process: z.string(), version: z.number().int(), paths: z.array(z.string()) }))
      .describe('Processes whose new instances get changed rules from then on. Running ones keep theirs.'),
    money: z.array(z.string()).describe('Changes that affect payments and need a second person. Empty: none.'),
    replacedFrom: z.string().optional().describe('From this day on an existing later version is in force.'),
  })
  .openapi('PublishedRules');
