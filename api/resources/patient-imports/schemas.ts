/** A file of patients, visits or purchases, and what an import of it does. */
import { facilityCode } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { dryRun } from '../changes/schemas.ts';
import { importKinds } from './columns.ts';

export const importBody = z
  .strictObject({
    kind: z.enum(importKinds),
    facility: facilityCode,
    content: z.string().min(1).max(2_000_000).describe('The file: comma-separated values with Chinese headings.'),
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
    rows: z.number().int().describe('Rows without an error.'),
    imported: z.number().int().describe('Rows that are written now; none where any row has an error.'),
    parked: z.number().int().describe('Of them: of patients who are not known yet.'),
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
