import { describe, expect, it } from 'vitest';
import { parseCsv } from '../../api/resources/patient-imports/csv.ts';
import { mostRows, readImport } from '../../api/resources/patient-imports/read-file.ts';
import { mostColumns, mostRowsRead } from '../../api/resources/patient-imports/table.ts';

const beijing = { _id: 'BJ', zone: 'Asia/Shanghai' };
const patients = (content: string) => readImport('patients', content, beijing);
const cellsOf = async (content: string) => (await patients(content)).errors.map(({ line, column }) => [line, column]);

describe('a file of comma-separated values', () => {
  it('holds quoted cells with commas, marks and line ends, and tells at which line each row begins', () => {
    const rows = parseCsv('\uFEFFa,b\r\n"1,""2""","x\ny"\n\n 3 ,\n');
    expect(rows).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 2, cells: ['1,"2"', 'x\ny'] },
      { line: 5, cells: ['3', ''] },
    ]);
  });

  it.each([['a\n"open'], ['a\n"b"c']])('is refused at the line of a wrong quotation: %j', async (content) => {
    expect(await patients(content)).toMatchObject({ rows: [], errors: [{ line: 2 }] });
  });

  it.each([
    ['the heading', 1, '病案号,'.repeat(400_000)],
    ['a row', 2, `病案号,姓名\n${','.repeat(mostColumns)}`],
  ])('is refused with one error when %s has more columns than are read', async (_what, line, content) => {
    expect(await patients(content)).toMatchObject({ rows: [], errors: [{ line, zh: `该行超过 ${mostColumns} 列。` }] });
  });

  it('is not read on when it has far too many rows', () => {
    expect(parseCsv('a\n'.repeat(mostRowsRead + 1))).toHaveLength(mostRowsRead);
  });

  it('is refused when it is empty or too long', async () => {
    expect((await patients(' \n')).errors).toMatchObject([{ line: 1, zh: '文件为空。' }]);
    const rows = Array.from({ length: mostRows + 1 }, (_, n) => `P${n},王女士`).join('\n');
    expect(await patients(`病案号,姓名\n${rows}`)).toMatchObject({ rows: [], errors: [{ line: 1 }] });
  });

  it('is refused for a column that is missing, unknown or there twice', async () => {
    expect(await cellsOf('病案号,血型,病案号\nP1,A,P1')).toEqual([
      [1, '姓名'],
      [1, '血型'],
      [1, '病案号'],
    ]);
  });

  it('is refused where an episode belongs to another patient than in a line before', async () => {
    const { errors } = await readImport(
      'visits',
      [
        '就诊号,疗程号,病案号,科室,时间,类型',
        ...['V1,E1,P1', 'V2,E2,P2', 'V3,E1,P2'].map((row) => `${row},skin,2026-03-01 09:30,初诊`),
      ].join('\n'),
      beijing,
    );
    expect(errors).toMatchObject([
      { line: 4, column: '疗程号', en: expect.stringContaining('another patient in line 2') },
    ]);
  });

  it('tells each wrong cell, and takes the other rows', async () => {
    const { rows, errors } = await patients(
      [
        '病案号,姓名,性别,出生日期,手机,电邮',
        'P1,王女士,女,1990-05-04,13800000000,',
        'P2,,不详,1990-02-30,138,',
        'P1,李女士,,,,',
        'P3,赵先生,男,1980/1/2,13800000000,nowhere',
        'P4,孙女士,女,,,,,',
      ].join('\n'),
    );
    expect(rows.map(({ line, number }) => [line, number])).toEqual([[2, 'P1']]);
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [3, '姓名'],
      [3, '性别'],
      [3, '出生日期'],
      [4, '病案号'],
      [5, '电邮'],
      [6, undefined],
    ]);
  });
});

describe('the events of a row', () => {
  it('of patients are the patient and each consent that was answered', async () => {
    const [row] = (await patients('病案号,姓名,服务同意,营销同意,同意方式,同意日期\nP1,王女士,是,否,纸质,2027-01-05'))
      .rows;
    expect(row?.events).toMatchObject([
      { type: 'patientChanged', patient: 'P1', sequence: 0, data: { name: '王女士' } },
      { type: 'consentChanged', occurredAt: '2027-01-04T16:00:00.000Z', data: { purpose: 'service', given: true } },
      { type: 'consentChanged', data: { purpose: 'marketing', given: false, channel: '纸质' } },
    ]);
  });

  it('of visits depend on their kind', async () => {
    const { rows, errors } = await readImport(
      'visits',
      [
        '就诊号,疗程号,病案号,科室,时间,类型,住院,计划拆线日',
        'V1,E1,P1,plastic-surgery,2027-03-01 09:30,初诊,,',
        'V2,E1,P1,plastic-surgery,2027-03-02 10:00,手术,是,2027-03-09',
        'V3,E1,P1,plastic-surgery,2027-03-09,拆线,,',
        'V4,E2,P1,dermatology,2027-03-09T11:00,治疗,,',
        'V5,E2,P1,dermatology,2027-03-09 25:00,治疗,,',
      ].join('\n'),
      beijing,
    );
    expect(errors.map(({ line, column }) => [line, column])).toEqual([[6, '时间']]);
    expect(rows.flatMap(({ events }) => events)).toMatchObject([
      { id: 'visits/V1/visited', occurredAt: '2027-03-01T01:30:00.000Z', data: { kind: 'first', visit: 'V1' } },
      { type: 'operated', data: { operation: 'V2', inpatient: true, suturesDueOn: '2027-03-09' } },
      { type: 'suturesRemoved', occurredAt: '2027-03-08T16:00:00.000Z' },
      { type: 'treated', data: { visit: 'V4', department: 'dermatology' } },
    ]);
  });

  it('of purchases are in cents, with a refund where there was one', async () => {
    const { rows } = await readImport(
      'purchases',
      '订单号,病案号,日期,项目,类别,金额,退款额\nO1,P1,2027-03-01,隆鼻,手术,19800.50,100',
      beijing,
    );
    expect(rows[0]?.events).toMatchObject([
      { type: 'purchased', data: { order: 'O1', kind: 'surgical', amountCents: 1_980_050 } },
      { type: 'refunded', data: { order: 'O1', amountCents: 10_000 } },
    ]);
  });
});
