/** Files of a ZIP archive (APPNOTE 6.3), one by one and within limits: what unpacks to more than it may is refused while it is unpacked. */
import { inflateRawSync } from 'node:zlib';
import { tooMuch, XlsxError } from './xlsx-error.ts';

export const zipLimits = { entries: 500, unpackedBytes: 20_000_000 };

const endMark = 0x06054b50;
const entryMark = 0x02014b50;
const fileMark = 0x04034b50;
const endLength = 22;
const stored = 0;
const deflated = 8;

interface Entry {
  flags: number;
  method: number;
  packed: number;
  at: number;
}

/** @returns reads a file by its path; undefined: there is none @throws XlsxError where it is no archive or holds too much */
export function openZip(archive: Buffer): (path: string) => string | undefined {
  const entries = entriesOf(archive);
  let left = zipLimits.unpackedBytes;
  return (path) => {
    const entry = entries.get(path);
    if (!entry) return undefined;
    const content = unpacked(archive, entry, left);
    left -= content.length;
    return content.toString('utf8');
  };
}

function entriesOf(archive: Buffer): Map<string, Entry> {
  const end = endOf(archive);
  const count = archive.readUInt16LE(end + 10);
  if (count > zipLimits.entries) throw tooMuch();
  const entries = new Map<string, Entry>();
  let at = archive.readUInt32LE(end + 16);
  for (let n = 0; n < count; n += 1) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== entryMark) throw damaged();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field)) as [
      number,
      number,
      number,
    ];
    entries.set(archive.toString('utf8', at + 46, at + 46 + nameLength), {
      flags: archive.readUInt16LE(at + 8),
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      at: archive.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

/** The last mark that is followed by just as much comment as it says. */
function endOf(archive: Buffer): number {
  for (let at = archive.length - endLength; at >= Math.max(0, archive.length - endLength - 0xffff); at -= 1)
    if (archive.readUInt32LE(at) === endMark && at + endLength + archive.readUInt16LE(at + 20) === archive.length)
      return at;
  throw damaged();
}

function unpacked(archive: Buffer, { flags, method, packed, at }: Entry, most: number): Buffer {
  if (at + 30 > archive.length || archive.readUInt32LE(at) !== fileMark) throw damaged();
  if ((flags & 1) === 1)
    throw new XlsxError('文件有密码，请去掉密码后保存。', 'The file has a password: save it without one.');
  const from = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  if (from + packed > archive.length) throw damaged();
  const content = archive.subarray(from, from + packed);
  if (method === stored) {
    if (content.length > most) throw tooMuch();
    return content;
  }
  if (method !== deflated) throw damaged();
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    throw error instanceof RangeError ? tooMuch() : damaged();
  }
}

const damaged = (): XlsxError =>
  new XlsxError('不是完好的 Excel 文件（.xlsx）。', 'This is no Excel file (.xlsx), or it is damaged.');
