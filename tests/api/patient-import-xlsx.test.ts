import { describe, expect, it } from 'vitest';
import { mostRows, readImport } from '../../api/resources/patient-imports/read-file.ts';
import { mostRowsRead } from '../../api/resources/patient-imports/table.ts';
import { archiveLimits } from '../../api/resources/patient-imports/xlsx/archive.ts';
import { mostXmlParts } from '../../api/resources/patient-imports/xlsx/xml.ts';
import { workbookOf, zipOf } from './workbook.ts';

const beijing = { _id: 'BJ', zone: 'Asia/Shanghai' };
const text = (at: string, content: string) => `<c r="${at}" t="inlineStr"><is><t>${content}</t></is></c>`;
const number = (at: string, value: string) => `<c r="${at}"><v>${value}</v></c>`;
const row = (line: number, ...cells: string[]) => `<row r="${line}">${cells.join('')}</row>`;
const heading = row(1, text('A1', '病案号'), text('B1', '姓名'), text('C1', '出生日期'), text('D1', '手机'));
const changed = (archive: Buffer, change: (bytes: Buffer) => unknown): Buffer => {
  change(archive);
  return archive;
};
const patients = (archive: Buffer) => readImport('patients', archive, beijing);

describe('an Excel workbook', () => {
  it('is read like comma-separated values: texts, days and numbers of telephones that are numbers', async () => {
    const shared = ['<t>MR-1</t>', '<r><t>王</t></r><r><t>女士</t></r><rPh><t>wang</t></rPh>'];
    const cells = [
      '<c r="A3" t="s"><v>0</v></c>',
      '<c r="B3" t="s"><v>1</v></c>',
      number('C3', '32997'),
      number('D3', '1.38123456E10'),
    ];
    const { rows, errors } = await patients(workbookOf(heading + row(3, ...cells, '<c r="Z3" s="4"/>'), shared));
    expect(errors).toEqual([]);
    expect(rows).toMatchObject([
      { line: 3, number: 'MR-1', events: [{ data: { name: '王女士', bornOn: '1990-05-04', phone: '13812345600' } }] },
    ]);
  });

  it('counts days from 1904 where it says so', async () => {
    const cells = row(2, text('A2', 'MR-1'), text('B2', '王女士'), number('C2', '31535'));
    expect((await patients(workbookOf(heading + cells, [], true))).rows[0]?.events[0]?.data).toMatchObject({
      bornOn: '1990-05-04',
    });
  });

  it('may call the namespace of relationships as its writer likes', async () => {
    const sheet = heading + row(2, text('A2', 'MR-1'), text('B2', '王女士'));
    expect((await patients(workbookOf(sheet, [], false, 'd3p1'))).rows).toMatchObject([{ line: 2, number: 'MR-1' }]);
  });

  it('keeps the time of a visit to the minute', async () => {
    const headings = ['就诊号', '疗程号', '病案号', '科室', '时间', '类型'].map((name, at) =>
      text(`${'ABCDEF'[at]}1`, name),
    );
    const cells = ['V1', 'E1', 'MR-1', 'D'].map((name, at) => text(`${'ABCD'[at]}2`, name));
    const sheet = row(1, ...headings) + row(2, ...cells, number('E2', '46330.645833333336'), text('F2', '初诊'));
    const { rows, errors } = await readImport('visits', workbookOf(sheet), beijing);
    expect(errors).toEqual([]);
    expect(rows[0]?.events[0]).toMatchObject({ type: 'visited', occurredAt: '2026-11-04T07:30:00.000Z' });
  });

  it('tells each wrong cell by its line and heading', async () => {
    const wrong = row(5, text('A5', 'MR-1'), text('C5', '昨天'), number('D5', '12'));
    expect((await patients(workbookOf(heading + wrong))).errors.map(({ line, column }) => [line, column])).toEqual([
      [5, '姓名'],
      [5, '出生日期'],
    ]);
  });

  it.each([
    ['no archive', Buffer.from('PK nothing of the kind, and long enough to be looked through')],
    ['an archive without a workbook', zipOf({ 'a.txt': 'x' })],
    ['a workbook cut off', workbookOf(heading).subarray(0, 300)],
    ['a document type', zipOf({ 'xl/workbook.xml': '<!DOCTYPE x [<!ENTITY a "b">]><workbook/>' })],
    ['a sheet of far too many columns', workbookOf(row(1, text('XFD1', '病案号')))],
    [
      'a file that unpacks to more than is taken',
      zipOf({ 'xl/workbook.xml': Buffer.alloc(archiveLimits.unpackedBytes + 1, 32) }),
    ],
    ['tags that do not match', workbookOf(`${heading}<row>`)],
    [
      'a file with a password',
      // The flag of encryption, in the directory of the archive.
      changed(workbookOf(heading), (bytes) => bytes.writeUInt16LE(1, bytes.indexOf('PK\x01\x02') + 8)),
    ],
    [
      'too many files',
      zipOf(Object.fromEntries(Array.from({ length: archiveLimits.entries + 1 }, (_, n) => [`${n}`, '']))),
    ],
  ])('is refused in words: %s', async (_what, archive) => {
    const { rows, errors } = await patients(archive);
    expect(rows).toEqual([]);
    expect(errors).toMatchObject([{ line: 1, zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.any(String) }]);
  });

  it.each([
    ['tags', '<a/>', mostXmlParts],
    ['empty rows', '<row></row>', mostXmlParts],
    ['cells without content', '<row><c r="GR1"></c></row>', mostXmlParts / 2],
    ['texts', '<a/>&lt;', mostXmlParts / 2],
    ['characters in one text', '&amp;', 50_000],
  ])('is refused for more %s than are read, however small they are packed', async (_what, unit, times) => {
    const archive = workbookOf(heading + unit.repeat(times));
    expect((await patients(archive)).errors).toMatchObject([{ line: 1, zh: expect.stringContaining('展开后过大') }]);
  });

  it('is refused for more tags than are read in all its files together', async () => {
    const shared = Array.from({ length: mostXmlParts / 3 }, () => '<t/>');
    const half = '<a/>'.repeat(mostXmlParts / 2);
    expect((await patients(workbookOf(heading + half, shared))).errors).toMatchObject([
      { line: 1, zh: expect.stringContaining('展开后过大') },
    ]);
  });

  it('has room for every row that is looked at', async () => {
    const rows = Array.from({ length: mostRowsRead + 1 }, (_, n) =>
      row(n + 2, ...'ABCDEFGHIJKL'.split('').map((at) => text(`${at}${n + 2}`, '1'))),
    );
    expect((await patients(workbookOf(heading + rows.join('')))).errors[0]?.en).toBe(
      `An import may have at most ${mostRows} rows: split the file.`,
    );
  });
});
