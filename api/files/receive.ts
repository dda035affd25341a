/** Streams an upload into a temporary folder, with limits on size and time, and hashes it on the way. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { bodyTooSlow, watchPace } from '../http/body-pace.ts';
import { ProblemError } from '../http/problem.ts';

export interface Received {
  path: string;
  sha256: string;
  size: number;
}

export interface UploadLimits {
  maxBytes: number;
  /** For the whole upload. */
  withinMs: number;
  /** Between two chunks. */
  idleMs: number;
}

/** @param use runs with the received file, which is removed afterwards */
export async function receiveFile<T>(
  incoming: IncomingMessage,
  limits: UploadLimits,
  use: (received: Received) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'careloop-upload-'));
  try {
    return await use(await writeTo(join(folder, 'file'), incoming, limits));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeTo(
  path: string,
  incoming: IncomingMessage,
  { maxBytes, withinMs, idleMs }: UploadLimits,
): Promise<Received> {
  const hash = createHash('sha256');
  const stopped = new AbortController();
  const late = () => stopped.abort(bodyTooSlow());
  const endWatch = watchPace(incoming, (problem) => stopped.abort(problem));
  const whole = setTimeout(late, withinMs);
  let idle = setTimeout(late, idleMs);
  let size = 0;
  const meter = new Transform({
    transform(piece: Buffer, _encoding, done) {
      clearTimeout(idle);
      idle = setTimeout(late, idleMs);
      size += piece.length;
      if (size > maxBytes) {
        done(fileTooLarge(maxBytes));
        return;
      }
      hash.update(piece);
      done(null, piece);
    },
  });
  try {
    // Detach without destroying the request, so that the client can still read the response.
    incoming.once('aborted', () => stopped.abort(cutOff()));
    incoming.once('error', () => stopped.abort(cutOff()));
    incoming.pipe(meter);
    await pipeline(meter, createWriteStream(path, { flags: 'wx', mode: 0o600 }), { signal: stopped.signal });
  } catch (error) {
    incoming.unpipe(meter).resume();
    throw stopped.signal.aborted ? stopped.signal.reason : error;
  } finally {
    endWatch();
    clearTimeout(whole);
    clearTimeout(idle);
  }
  if (size === 0) throw emptyFile();
  return { path, sha256: hash.digest('hex'), size };
}

export const fileTooLarge = (maxBytes: number): ProblemError =>
  new ProblemError({
    status: 413,
    code: 'file-too-large',
    detail: `A file may have at most ${maxBytes} bytes.`,
    hint: 'Send a smaller file; operators set the limit with CARELOOP_FILE_MAX_MB.',
    words: {
      zh: `文件太大，最多 ${Math.floor(maxBytes / 1_048_576)} MB。请压缩或拆分后再上传。`,
      en: `The file is too large; ${Math.floor(maxBytes / 1_048_576)} MB at most. Make it smaller or split it.`,
    },
    more: { maxBytes },
  });

const cutOff = (): ProblemError =>
  new ProblemError({
    status: 400,
    code: 'malformed-request',
    detail: 'The body ended early.',
    hint: 'Send it again, with the same Idempotency-Key.',
  });

const emptyFile = (): ProblemError =>
  new ProblemError({
    status: 422,
    code: 'file-type-refused',
    detail: 'The body is empty.',
    hint: 'Send the bytes of the file as the body.',
  });
