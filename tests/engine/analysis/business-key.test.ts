import { expect, test } from 'vitest';
import { keyFrame, keyOf } from '../../../engine/analysis/business-key.ts';
import type { KeyPart } from '../../../engine/model/plan.ts';

const start = { facility: 'BJ', at: '2026-12-31T16:30:00.000Z', zone: 'Asia/Shanghai' };
const serial = (digits: number): KeyPart => ({ kind: 'serial', digits });
const date = (field: 'yyyy' | 'yy' | 'MM' | 'dd'): KeyPart => ({ kind: 'date', field });

test('the dates of a key are those of the zone of the facility', () => {
  const pattern: KeyPart[] = [
    { kind: 'text', text: 'L-' },
    { kind: 'facility' },
    date('yy'),
    date('MM'),
    date('dd'),
    serial(3),
  ];
  expect(keyOf(keyFrame(pattern, start), 7)).toBe('L-BJ270101007');
  expect(keyOf(keyFrame(pattern, { ...start, zone: 'UTC' }), 7)).toBe('L-BJ261231007');
});

test('a serial that outgrows its digits makes a longer key', () => {
  expect(keyOf(keyFrame([{ kind: 'facility' }, serial(2)], start), 12345)).toBe('BJ12345');
});

test('parts after the serial do not affect where it restarts', () => {
  const frame = keyFrame([{ kind: 'facility' }, serial(4), { kind: 'text', text: '-' }, date('yyyy')], start);
  expect(frame).toEqual({ before: 'BJ', digits: 4, after: '-2027' });
  expect(keyOf(frame, 1)).toBe('BJ0001-2027');
});

test('without a serial the whole key is the prefix', () => {
  expect(keyFrame([{ kind: 'facility' }, date('yyyy')], start)).toEqual({ before: 'BJ2027', after: '' });
});
