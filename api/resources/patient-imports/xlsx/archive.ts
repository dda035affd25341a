/** Files of a ZIP archive, within limits: content beyond them is refused while it is inflated, whatever size the archive declares. */
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { tooMuch, XlsxError } from './xlsx-error.ts';

export const archiveLimits = { entries: 500, unpackedBytes: 20_000_000 };

/** Text of a file by its path; undefined: there is none. */
export type ReadEntry = (path: string) => Promise<string | undefined>;

/** @throws XlsxError where it is no archive or holds too much */
export async function openArchive(bytes: Buffer): Promise<ReadEntry> {
  // Declared sizes are not compared: what is counted is what comes out.
  const archive = await intact(yauzl.fromBufferPromise(bytes, { autoClose: false, validateEntrySizes: false }));
  if (archive.entryCount > archiveLimits.entries) throw tooMuch();
  const entries = await intact(entriesOf(archive));
  let left = archiveLimits.unpackedBytes;
  return async (path) => {
    const entry = entries.get(path);
    if (!entry) return undefined;
    if (entry.isEncrypted())
      throw new XlsxError('文件有密码，请去掉密码后保存。', 'The file has a password: save it without one.');
    const content = await intact(unpacked(archive, entry, left));
    left -= content.length;
    return content.toString('utf8');
  };
}

async function entriesOf(archive: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of archive.eachEntry()) entries.set(entry.fileName, entry);
  return entries;
}

async function unpacked(archive: ZipFile, entry: Entry, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of await archive.openReadStreamPromise(entry)) {
    size += piece.length;
    if (size > most) throw tooMuch();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

async function intact<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof XlsxError) throw error;
    throw new XlsxError('不是完好的 Excel 文件（.xlsx）。', 'This is no Excel file (.xlsx), or it is damaged.');
  }
}
