/** Uploads one file: received, type detected, scanned, stored once. */
import { createReadStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { chunkBytes, storeContent } from '../../../store/files/contents.ts';
import { attachFiles, countWaitingOf, type FileRow, findFile, insertFile } from '../../../store/files/files.ts';
import { fileName, typeOfFile } from '../../files/file-types.ts';
import { fileTooLarge, type Received, receiveFile } from '../../files/receive.ts';
import { ScannerFailedError } from '../../files/scanner.ts';
import type { Deps } from '../../http/deps.ts';
import { digestOf } from '../../http/digest.ts';
import type { Person } from '../../http/policy.ts';
import { ProblemError, unavailable } from '../../http/problem.ts';
import type { Destination } from './access.ts';

/** Allows a large file over a mobile connection. */
export const uploadWithinMs = 600_000;
const idleMs = 30_000;
/** Limit of pending files per person; forms need only a few. */
const mostWaiting = 100;

export interface Upload {
  person: Person;
  destination: Destination;
  name: string;
  /** Declared size. */
  length: number | undefined;
  incoming: IncomingMessage;
  idempotencyKey: string | undefined;
}

/** @returns whether an earlier request with the same key has uploaded it */
export async function uploadFile(deps: Deps, upload: Upload): Promise<{ row: FileRow; repeated: boolean }> {
  const { person, destination, length, incoming, idempotencyKey } = upload;
  const { maxBytes } = deps.config.files;
  if (length !== undefined && length > maxBytes) throw fileTooLarge(maxBytes);
  if (!destination.instance && (await countWaitingOf(person.id, mostWaiting)) >= mostWaiting) throw tooManyWaiting();
  const id = digestOf(person.id, 'POST /api/files', idempotencyKey ?? crypto.randomUUID()).slice(0, 32);
  const limits = { maxBytes, withinMs: uploadWithinMs, idleMs };
  return receiveFile(incoming, limits, (received) => keep(deps, upload, id, received));
}

async function keep(deps: Deps, upload: Upload, id: string, { path, sha256, size }: Received) {
  const { person, destination } = upload;
  const { types, scanner } = deps.config.files;
  const type = await typeOfFile(path);
  if (type === undefined || !types.includes(type)) throw typeRefused(type);
  if (scanner) await requireClean(deps, path);
  const uploadedAt = new Date().toISOString();
  await storeContent(sha256, size, () => createReadStream(path, { highWaterMark: chunkBytes }), uploadedAt);
  const row: FileRow = {
    _id: id,
    facility: destination.facility,
    name: fileName(upload.name, type),
    size,
    type,
    sha256,
    uploadedBy: person.id,
    uploadedAt,
    scanned: scanner !== undefined,
    waiting: true,
  };
  const repeated = !(await insertFile(row));
  const stored = repeated ? ((await findFile(id)) ?? row) : row;
  if (stored.sha256 !== sha256 || stored.facility !== row.facility) throw keyUsedTwice();
  if (destination.instance === undefined) return { row: stored, repeated };
  await attachFiles([id], { instance: destination.instance, at: uploadedAt });
  return { row: (await findFile(id)) ?? stored, repeated };
}

async function requireClean({ config, log }: Deps, path: string): Promise<void> {
  try {
    const result = await config.files.scanner?.scan(path);
    if (result?.kind !== 'infected') return;
    throw new ProblemError({
      status: 422,
      code: 'file-infected',
      detail: `The scanner found ${result.found}.`,
      hint: 'Clean the file, or remove it.',
      more: { found: result.found },
    });
  } catch (error) {
    if (!(error instanceof ScannerFailedError)) throw error;
    log.error({ err: error.message }, 'the virus scanner failed');
    throw unavailable(
      'scanner-away',
      'The virus scanner is unavailable, and files are not stored unscanned.',
      'Send it again in a moment; operators check CARELOOP_FILE_SCANNER.',
      error,
    );
  }
}

const typeRefused = (type: string | undefined): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'file-type-refused',
    detail: type === undefined ? 'The type of the file is unknown.' : `Files of the type ${type} are not accepted.`,
    hint: 'GET /api/file-rules lists the accepted types. The content decides, not the name.',
    ...(type !== undefined && { more: { found: type } }),
  });

const tooManyWaiting = (): ProblemError =>
  new ProblemError({
    status: 409,
    code: 'too-many-files',
    detail: `You have uploaded ${mostWaiting} files that no form was submitted with.`,
    hint: 'Submit the forms, or remove files: DELETE /api/files/{id}.',
  });

const keyUsedTwice = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'idempotency-key-reused',
    detail: 'Your earlier request with this Idempotency-Key has uploaded another file.',
    hint: 'Use a fresh key for another file; repeat a request unchanged.',
  });
