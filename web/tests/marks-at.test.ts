import { expect, test } from 'vitest';
import type { JournalLine } from '../src/api/client.ts';
import { positionAt } from '../src/pages/ops/replay/marks-at.ts';

const line = (kind: string, about: Partial<JournalLine> = {}): JournalLine => ({
  n: 1,
  at: '2026-11-02T00:00:00.000Z',
  kind,
  zh: '',
  en: '',
  forPeople: true,
  topic: 'step',
  ...about,
});

const story = [
  line('element-activated', { element: 'restock', key: '0' }),
  line('element-activated', { element: 'Start', key: '1' }),
  line('element-completed', { element: 'Start', key: '1' }),
  line('flow-taken', { data: { flow: 'f1' } }),
  line('element-activated', { element: 'Work', key: '2' }),
  line('incident-raised', { element: 'Work', key: '2' }),
  line('instance-migrated', { data: { from: 1, to: 2 } }),
  line('incident-resolved', { element: 'Work', key: '2' }),
  line('element-completed', { element: 'Work', key: '2' }),
  line('instance-ended'),
];
const at = (upTo: number) => positionAt(story, upTo, { key: 'restock', version: 2 });

test('a token stands where its element is active, not at the process itself, and the way so far is behind it', () => {
  expect(at(2).marks).toEqual({ active: ['Start'], incidents: [], done: [] });
  expect(at(5).marks).toEqual({ active: ['Work'], incidents: [], done: ['Start', 'f1'] });
});

test('what is stuck is so until it is resolved', () => {
  expect(at(6).marks).toMatchObject({ active: [], incidents: ['Work'] });
  expect(at(8).marks).toMatchObject({ active: ['Work'], incidents: [] });
});

test('before a migration it ran by the version before', () => {
  expect([at(6).version, at(7).version]).toEqual([1, 2]);
});

test('at its end no token is left', () => {
  expect(at(10).marks).toEqual({ active: [], incidents: [], done: ['Start', 'f1', 'Work'] });
});
