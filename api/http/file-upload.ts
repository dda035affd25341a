/** A request whose body is a file: the bytes as they come, and what its headers say of them. */
import type { Readable } from 'node:stream';
import type { Request } from 'express';
import { invalid } from './problem.ts';

export interface FileUpload {
  /** As the sender calls it. */
  name: string;
  /** Bytes, as far as they are declared. */
  length: number | undefined;
  incoming: Readable;
}

/** Names of files may name people: not in an address, which others write down. */
export const fileNameHeader = 'File-Name';

export function readUpload(request: Request): FileUpload {
  const length = request.get('Content-Length');
  return {
    name: nameIn(request.get(fileNameHeader)),
    length: length === undefined ? undefined : Number(length),
    incoming: request,
  };
}

function nameIn(header: string | undefined): string {
  try {
    const name = decodeURIComponent(header ?? '').trim();
    if (name !== '') return name;
  } catch {
    // Told below.
  }
  throw invalid([
    { path: fileNameHeader, code: 'invalid_format', message: 'The name of the file, in UTF-8, percent-encoded.' },
  ]);
}
