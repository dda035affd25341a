/** Files that people upload: what is told of one, and what is taken. */
import { facilityCode, wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const id = z.string().min(1).max(300);

export const fileParams = z.object({ id: z.string().min(1).max(100).openapi({ example: '9f2c…' }) });

export const uploadQuery = z.object({
  task: id.optional().describe('To be handed in with the form of this task.'),
  process: z.string().min(1).max(100).optional().describe('To be handed in with the start form of this process.'),
  facility: facilityCode.optional().describe('Where the process is to be started.'),
  instance: id.optional().describe('Added to this instance at once.'),
});
export type UploadQuery = z.infer<typeof uploadQuery>;

export const contentQuery = z.object({
  download: z
    .enum(['true', 'false'])
    .default('false')
    .describe('`true`: to be saved, also where a browser could show it.'),
});

export const fileSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    size: z.number().int().describe('Bytes.'),
    type: z.string().describe('Media type, by what the file holds.'),
    facility: z.string(),
    uploadedBy: z.string(),
    uploadedAt: z.string(),
    inline: z.boolean().describe('A browser may show it in place.'),
    scanned: z.boolean().describe('A virus scanner has looked at it.'),
    instance: z.string().optional().describe('Absent until the form it is in is submitted.'),
    attachedAt: z.string().optional(),
    element: z.string().optional().describe('Of the task in whose form it was handed in.'),
    gone: z.boolean().describe('What it held was removed when its time was over.'),
  })
  .openapi('File');

export const fileList = z.object({ items: z.array(fileSchema) }).openapi('Files');

export const fileRules = z
  .object({
    maxBytes: z.number().int(),
    types: z.array(z.string()).describe('Media types that are taken, by what a file holds.'),
    endings: z.array(z.string()).describe('The same for a file dialog.'),
    scanner: z.object({ active: z.boolean(), words: wordsSchema }).describe('Whether files are scanned for viruses.'),
  })
  .openapi('FileRules');
