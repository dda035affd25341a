/** File content as a response, whole or a range, with headers that keep it from running as a page of this origin. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readContent } from '../../../store/files/contents.ts';
import type { FileRow } from '../../../store/files/files.ts';
import { isShownInline } from '../../files/file-types.ts';
import { ProblemError } from '../../http/problem.ts';
import type { Reply } from '../../http/route.ts';

/** No sandbox for PDF: Chromium's viewer does not run in one, and isolates the document itself. */
const policyFor = (type: string): string =>
  type === 'application/pdf' ? "default-src 'none'; frame-ancestors 'none'" : "default-src 'none'; sandbox";

interface Range {
  from: number;
  to: number;
}

/** @param range of the request (RFC 9110, 14.2): a single byte range is supported, others are ignored */
export function contentReply(row: FileRow, range: string | undefined, download: boolean): Reply {
  const { size, type, sha256, withdrawn } = row;
  if (withdrawn) throw isWithdrawn();
  if (sha256 === undefined) throw gone();
  const part = rangeOf(range, size);
  const { from, to } = part ?? { from: 0, to: size - 1 };
  return {
    status: part ? 206 : 200,
    headers: {
      'Accept-Ranges': 'bytes',
      'Content-Length': String(to - from + 1),
      'Content-Security-Policy': policyFor(type),
      'Content-Disposition': disposition(row, !download && isShownInline(type)),
      ...(part && { 'Content-Range': `bytes ${from}-${to}/${size}` }),
    },
    stream: {
      type,
      open: (response) => {
        // A closed connection is no error; a missing chunk aborts it, so that nobody takes a part for the whole.
        pipeline(Readable.from(readContent(sha256, from, to)), response).catch(() => response.destroy());
      },
    },
  };
}

function rangeOf(text: string | undefined, size: number): Range | undefined {
  const found = /^bytes=(\d*)-(\d*)$/.exec(text?.trim() ?? '');
  if (!found) return undefined;
  const [, first = '', last = ''] = found;
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (from <= to && from < size) return { from, to };
  throw new ProblemError({
    status: 416,
    code: 'range-outside',
    detail: `The size of the file is ${size} bytes.`,
    hint: 'Ask for a range within it.',
    headers: { 'Content-Range': `bytes */${size}` },
  });
}

/** The name in RFC 5987 encoding, with an ASCII fallback. */
function disposition({ name }: FileRow, inline: boolean): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${inline ? 'inline' : 'attachment'}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

const gone = (): ProblemError =>
  new ProblemError({
    status: 410,
    code: 'file-gone',
    detail: 'The content of the file was removed at the end of its retention.',
    hint: 'Its name and record remain.',
  });

const isWithdrawn = (): ProblemError =>
  new ProblemError({
    status: 410,
    code: 'file-withdrawn',
    detail: 'The file was attached by mistake and withdrawn.',
    hint: 'GET /api/files/{id} says by whom, when and why.',
  });
