/** Import files are read beside the event loop: as they would be here, or refused when they take too long or too much. */
import { afterEach, describe, expect, it } from 'vitest';
import { createImportReader, type ImportReader } from '../../api/resources/patient-imports/import-reader.ts';
import { carryOut, type ImportTask, shownErrors } from '../../api/resources/patient-imports/import-task.ts';
import { archiveLimits } from '../../api/resources/patient-imports/xlsx/archive.ts';
import type { ThreadLimits } from '../../api/threads/limited-thread.ts';
import { workbookOf } from './workbook.ts';

const task = (format: ImportTask['format'], content: string): ImportTask => ({
  kind: 'patients',
  format,
  content,
  facility: { _id: 'BJ', zone: 'Asia/Shanghai' },
});
const small = task('csv', '病案号,姓名\nMR-1,王女士\nMR-2,');
const long = task('xlsx', workbookOf(' '.repeat(archiveLimits.unpackedBytes - 10_000)).toString('base64'));
/** What is kept of its cells takes the memory, piece by piece: the thread notices in time. */
const heavy = task(
  'xlsx',
  workbookOf(`<row>${'<c t="str"><v>一二三四五六七八九十甲乙丙丁</v></c>'.repeat(60)}</row>`.repeat(3000)).toString(
    'base64',
  ),
);

let reader: ImportReader;
afterEach(() => reader.close());
const withLimits = (limits?: ThreadLimits): void => {
  reader = createImportReader(limits);
};

describe('a thread of its own', () => {
  it('answers what would be answered here', async () => {
    withLimits();
    const here = await carryOut(small);
    expect(here).toMatchObject({ rows: [{ number: 'MR-1' }], errors: [{ line: 3 }], errorCount: 1 });
    expect(await reader.read(small)).toEqual(here);
  });

  it('lists the first errors and counts the others', async () => {
    withLimits();
    const { errors, errorCount } = await reader.read(task('csv', `病案号,姓名\n${'MR-1,\n'.repeat(shownErrors)}`));
    expect([errors.length, errorCount]).toEqual([shownErrors, 2 * shownErrors - 1]);
  });

  it('gives up a file that takes too long, and says so', async () => {
    withLimits({ deadlineMs: 1, memoryMb: 512 });
    expect(await reader.read(long)).toMatchObject(refused('秒内'));
  });

  it('gives up a file that takes too much memory, says so, and continues with the next one', async () => {
    withLimits({ deadlineMs: 600_000, memoryMb: 24 });
    const [given, next] = await Promise.all([reader.read(heavy), reader.read(small)]);
    expect(given).toMatchObject(refused('内存'));
    expect(next).toMatchObject({ rows: [{ number: 'MR-1' }] });
  });
});

const refused = (words: string) => ({
  rows: [],
  errors: [{ line: 1, zh: expect.stringContaining(words) }],
  errorCount: 1,
});
