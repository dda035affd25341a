import { describe, expect, test } from 'vitest';
import type { DrawnElement } from '../src/bpmn/element-names.ts';
import { proposeMapping } from '../src/pages/ops/migrate/propose-mapping.ts';

const drawn = (id: string, about: Partial<DrawnElement> = {}): DrawnElement => ({
  id,
  name: id,
  type: 'userTask',
  before: [],
  after: [],
  ...about,
});

describe('the mapping that is proposed', () => {
  test('names nothing that has kept its id', () => {
    expect(proposeMapping([drawn('Call')], [drawn('Call', { name: 'Renamed' }), drawn('Sign')])).toEqual({});
  });

  test('finds an element with another id by its kind and name', () => {
    const to = [drawn('CallPatient', { name: '联系患者' }), drawn('CallMail', { name: '联系患者', type: 'sendTask' })];
    expect(proposeMapping([drawn('Contact', { name: '联系患者' })], to)).toEqual({ Contact: 'CallPatient' });
  });

  test('else by what stands before or after it', () => {
    const from = [drawn('Begin', { type: 'startEvent' }), drawn('Old', { before: ['Begin'], after: ['End'] })];
    const to = [
      drawn('Begin', { type: 'startEvent' }),
      drawn('New', { before: ['Begin'], after: ['Other'] }),
      drawn('Other', { before: ['New'] }),
    ];
    expect(proposeMapping(from, to)).toEqual({ Old: 'New' });
  });

  test('proposes nothing where several could be meant', () => {
    const to = [drawn('One', { name: '审批' }), drawn('Two', { name: '审批' })];
    expect(proposeMapping([drawn('Old', { name: '审批' })], to)).toEqual({});
  });
});
