/** POST /api/files, GET and DELETE /api/files/{id}, its content, the files of an instance, and the accepted types. */
import { listFilesOf, removeWaitingFile } from '../../../store/files/files.ts';
import { withdrawFile } from '../../../store/files/withdrawal.ts';
import { endingsOf } from '../../files/file-types.ts';
import { noteDetails, noteSubject } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { mayWithdrawFile } from '../../http/policy.ts';
import { forbidden, notFound } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { readableInstance } from '../instances/access.ts';
import { instanceParams } from '../instances/schemas.ts';
import { destinationOf, fileOf, leadersOf, readableFile } from './access.ts';
import { contentReply } from './content.ts';
import { contentQuery, fileList, fileParams, fileRules, fileSchema, uploadQuery, withdrawBody } from './schemas.ts';
import { uploadFile, uploadWithinMs } from './upload.ts';
import { fileView } from './view.ts';

const tag = 'Files';

export function fileRoutes(deps: Deps): Route[] {
  return [
    route({
      key: 'GET /api/file-rules',
      access: 'staff',
      tag,
      summary: 'Accepted file types, maximum size, and whether files are scanned',
      answers: { 200: { description: 'The settings.', schema: fileRules } },
      async handle() {
        const { maxBytes, types, scanner } = deps.config.files;
        return { body: { maxBytes, types, endings: endingsOf(types), scanner: scannerView(scanner !== undefined) } };
      },
    }),
    route({
      key: 'POST /api/files',
      access: 'staff',
      tag,
      summary: 'Upload a file for the form of a task, a start form, or an instance',
      description:
        'The body is the raw file. Its type is detected from its content, which is stored unchanged. For a form it is pending until the form is submitted with its id: ' +
        'until then it is visible to the uploader only, and removed after some time if that does not happen. For an instance it is attached at once.',
      query: uploadQuery,
      upload: { withinMs: uploadWithinMs },
      idempotency: 'optional',
      answers: { 201: { description: 'Kept.', schema: fileSchema } },
      async handle({ query }, { person, idempotencyKey, upload }) {
        const destination = await destinationOf(query, person);
        const { row, repeated } = await uploadFile(deps, { person, destination, idempotencyKey, ...upload() });
        const { _id: id, facility, type, size, instance } = row;
        noteSubject({ kind: 'files', id }, facility);
        noteDetails({ type, size, ...(instance !== undefined && { instance }) });
        return {
          status: 201,
          headers: { Location: `/api/files/${id}`, ...(repeated && { 'Idempotent-Replayed': 'true' }) },
          body: fileView(row),
        };
      },
    }),
    route({
      key: 'GET /api/files/{id}',
      access: 'staff',
      tag,
      summary: 'Metadata of a file',
      params: fileParams,
      answers: { 200: { description: 'The metadata.', schema: fileSchema } },
      async handle({ params }, { person }) {
        return { body: fileView(await readableFile(params.id, person)) };
      },
    }),
    route({
      key: 'GET /api/files/{id}/content',
      access: 'staff',
      audit: 'sensitive',
      tag,
      summary: 'What a file holds',
      description:
        'For readers of its instance; while pending, for its uploader. Images and PDF are displayed inline, anything else is downloaded. Byte ranges are supported.',
      params: fileParams,
      query: contentQuery,
      answers: {
        200: { description: 'All of it.', contentType: 'application/octet-stream' },
        206: { description: 'The requested range.', contentType: 'application/octet-stream' },
      },
      refusals: {
        410: 'The content was removed at the end of its retention, or the file was withdrawn.',
        416: 'The file has no such range.',
      },
      async handle({ params, query }, { person, header }) {
        return contentReply(await readableFile(params.id, person), header('Range'), query.download === 'true');
      },
    }),
    route({
      key: 'DELETE /api/files/{id}',
      access: 'staff',
      tag,
      summary: 'Remove a pending file of yours; files of an instance are withdrawn',
      params: fileParams,
      answers: { 204: { description: 'It is gone.' } },
      async handle({ params }, { person }) {
        const row = await readableFile(params.id, person);
        if (!row.waiting || row.uploadedBy !== person.id)
          throw notFound(`file ${params.id} that waits for a form of yours`);
        await removeWaitingFile(row._id);
        return { status: 204 };
      },
    }),
    route({
      key: 'POST /api/files/{id}/withdraw',
      access: 'staff',
      tag,
      summary: 'Withdraw a file that was attached to an instance by mistake',
      description:
        'For its uploader and those who lead the process. The content is no longer given out, and removed as soon as no other file has it; form values that name the file stay valid. Repeated, it answers what was said first.',
      params: fileParams,
      body: { schema: withdrawBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Withdrawn.', schema: fileSchema } },
      async handle({ params, body }, { person }) {
        const { row, owner } = await fileOf(params.id, person);
        if (!owner || row.waiting) throw notFound(`file ${params.id} of an instance`);
        if (!mayWithdrawFile(person, row, await leadersOf(owner))) throw notWithdrawable();
        const withdrawal = { by: person.id, at: new Date().toISOString(), reason: body.reason };
        return { body: fileView((await withdrawFile(row, withdrawal)) ?? row) };
      },
    }),
    route({
      key: 'GET /api/instances/{id}/files',
      access: 'staff',
      tag,
      summary: 'The files of an instance, in the order in which they were uploaded',
      params: instanceParams,
      answers: { 200: { description: 'Their metadata.', schema: fileList } },
      async handle({ params }, { person }) {
        const row = await readableInstance(params.id, person);
        const [files, leaders] = await Promise.all([listFilesOf(row), leadersOf(row)]);
        return {
          body: {
            items: files.map((file) => ({
              ...fileView(file),
              withdrawable: !file.waiting && !file.withdrawn && mayWithdrawFile(person, file, leaders),
            })),
          },
        };
      },
    }),
  ];
}

const notWithdrawable = (): Error =>
  forbidden(
    'not-withdrawable',
    'A file is withdrawn by its uploader, or by those who lead the process.',
    'Ask one of them.',
  );

const scannerView = (active: boolean) => ({
  active,
  words: active
    ? { zh: '上传的文件经过病毒扫描。', en: 'Uploaded files are scanned for viruses.' }
    : {
        zh: '未配置病毒扫描，打开他人上传的文件前请留意。',
        en: 'No virus scanner is configured: open files of others with care.',
      },
});
