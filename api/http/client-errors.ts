/** What the HTTP parser refuses never reaches the application: it is answered with problem details as well. */
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type ProblemFields, problemBody } from './problem.ts';

export function answerClientErrors(server: Server): void {
  const answering = new WeakMap<Duplex, ServerResponse>();
  server.prependListener('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    answering.set(socket, response);
    response.once('close', () => answering.get(socket) === response && answering.delete(socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket | Duplex) => {
    if (!socket.writable || error.code === 'ECONNRESET' || answering.get(socket)?.headersSent) socket.destroy();
    else socket.end(asHttp(problemOf(error)));
  });
}

function problemOf({ code }: NodeJS.ErrnoException): ProblemFields {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        code: 'headers-too-large',
        detail: 'The headers of the request, with its path, are too large.',
        hint: 'Send less than 16 kB: fewer cookies, a shorter query.',
      };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, code: 'too-large', detail: 'The extensions of a chunk are too large.' };
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        status: 408,
        code: 'upload-too-slow',
        detail: 'The request did not arrive in time.',
        hint: 'Send its headers within ten seconds.',
      };
    default:
      return {
        status: 400,
        code: 'malformed-request',
        detail: 'This is not a valid HTTP request.',
        hint: 'Send an HTTP/1.1 request with valid headers.',
      };
  }
}

function asHttp(problem: ProblemFields): string {
  const body = JSON.stringify(problemBody(problem));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
