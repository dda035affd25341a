/** Import of patients, visits or purchases, and its result. */
import { facilityCode } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { dryRun } from '../changes/schemas.ts';
import { importKinds } from './columns.ts';

export const importBody = z
  .strictObject({
    kind: z.enum(importKinds),
    facility: facilityCode,
    format: z.enum(['csv', 'xlsx']).default('csv'),
    content: z
      .string()
      .min(1)
      .max(2_000_000)
      .describe(
        'The file, with Chinese headings: comma-separated values, or an Excel workbook (its first sheet) in Base64.',
      ),
    dryRun,
  })
  .openapi('PatientImport', {
    example: {
      kind: 'patients',
      facility: 'BJ',
      content: '病案号,姓名,出生日期,服务同意\nMR-BJ-0001,王女士,1990-05-04,是\n',
      dryRun: true,
    },
  });

export const importSchema = z
  .object({
    dryRun: z.boolean(),
    rows: z.number().int().describe('Valid rows.'),
    imported: z.number().int().describe('Written rows; none if any row is invalid.'),
    parked: z.number().int().describe('Of these, rows of unknown patients.'),
    errors: z.array(
      z.object({
        line: z.number().int(),
        column: z.string().optional(),
        zh: z.string(),
        en: z.string(),
      }),
    ),
  })
  .openapi('PatientImportReport');
