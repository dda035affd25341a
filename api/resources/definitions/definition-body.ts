/** A definition as a request body: bytes whose encoding the header names, or else the file itself (RFC 7303, 3). */
import express, { type RequestHandler } from 'express';
import { decode } from '../../../engine/files/decode.ts';
import { ProblemError } from '../../http/problem.ts';

export const diagramMediaTypes = ['application/xml', 'text/xml', 'application/bpmn+xml'];

/** Decodes it to text in `request.body`. */
export const parseDiagramBody: RequestHandler[] = [
  express.raw({ limit: '4mb', type: diagramMediaTypes }),
  (request, _response, next) => {
    if (request.body instanceof Uint8Array) request.body = textOf(request.body, request.get('Content-Type') ?? '');
    next();
  },
];

function textOf(bytes: Uint8Array, contentType: string): string {
  const charset = /;\s*charset\s*=\s*"?([\w.:-]+)"?/i.exec(contentType)?.[1];
  try {
    return charset ? new TextDecoder(charset, { fatal: true }).decode(bytes) : decode(bytes);
  } catch {
    throw new ProblemError({
      status: 422,
      code: 'definition-refused',
      detail: `The body is not valid text in the encoding ${charset ? `"${charset}" of the request` : 'that it declares'}.`,
      hint: 'Declare the encoding of the file, or save it in UTF-8.',
    });
  }
}
