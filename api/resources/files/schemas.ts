/** Uploaded files and accepted types. */
import { facilityCode, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const id = z.string().min(1).max(300);

export const fileParams = z.object({ id: z.string().min(1).max(100).openapi({ example: '9f2c…' }) });

export const uploadQuery = z.object({
  task: id.optional().describe('For the form of this task.'),
  process: z.string().min(1).max(100).optional().describe('For the start form of this process.'),
  facility: facilityCode.optional().describe('Facility where the process is to be started.'),
  instance: id.optional().describe('Attached to this instance at once.'),
});
export type UploadQuery = z.infer<typeof uploadQuery>;

export const contentQuery = z.object({
  download: z.enum(['true', 'false']).default('false').describe('`true`: download instead of inline display.'),
});

export const fileSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    size: z.number().int().describe('Bytes.'),
    type: z.string().describe('Media type, detected from content.'),
    facility: z.string(),
    uploadedBy: z.string(),
    uploadedAt: z.string(),
    inline: z.boolean().describe('A browser may display it inline.'),
    scanned: z.boolean().describe('Scanned for viruses.'),
    instance: z.string().optional().describe('Absent until its form is submitted.'),
    attachedAt: z.string().optional(),
    element: z.string().optional().describe('Id of the task with whose form it was submitted.'),
    gone: z.boolean().describe('The content was removed at the end of its retention, or with a withdrawal.'),
    withdrawn: z
      .object({ by: z.string(), at: z.string(), reason: z.string() })
      .optional()
      .describe('Attached by mistake. Its name is no longer given.'),
  })
  .openapi('File');

export const fileList = z
  .object({
    items: z.array(
      fileSchema.extend({ withdrawable: z.boolean().describe('You may withdraw it.') }).openapi('InstanceFile'),
    ),
  })
  .openapi('Files');

export const withdrawBody = z
  .strictObject({ reason: z.string().trim().min(1).max(500) })
  .openapi('WithdrawFile', { example: { reason: '误传了另一位患者的照片' } });

export const fileRules = z
  .object({
    maxBytes: z.number().int(),
    types: z.array(z.string()).describe('Accepted media types, detected from content.'),
    endings: z.array(z.string()).describe('The same as file name extensions, for a file dialog.'),
    scanner: z.object({ active: z.boolean(), words: wordsSchema }).describe('Whether files are scanned for viruses.'),
  })
  .openapi('FileRules');
