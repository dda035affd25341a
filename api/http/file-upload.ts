/** A request whose body is a file: its bytes and the headers that describe it. */
import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import { invalid } from './problem.ts';

export interface FileUpload {
  /** File name given by the client. */
  name: string;
  /** Declared size in bytes, if any. */
  length: number | undefined;
  incoming: IncomingMessage;
}

/** File names may contain personal names, so they are not part of the URL, which proxies log. */
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
    // The missing name is reported below.
  }
  throw invalid([
    { path: fileNameHeader, code: 'invalid_format', message: 'The name of the file, in UTF-8, percent-encoded.' },
  ]);
}
