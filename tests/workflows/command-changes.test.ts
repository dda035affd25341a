import { expect, test } from 'vitest';
import type { BehaviourChange } from '../../engine/model/behaviour-change.ts';
import { commandChanges } from '../../workflows/runtime/command-changes.ts';
import { goldenHistories, problemsOf, sourceBut, sourcesOf } from '../support/behaviour-changes.ts';

const file = 'workflows/runtime/command-changes.ts';
const register: Record<string, BehaviourChange> = commandChanges;

test('the register of command changes has no gap, no number twice, and golden histories that exist', () => {
  const source = sourceBut(file, 'workflows');
  expect(problemsOf(register, { first: 1, histories: goldenHistories(), source })).toEqual([]);
});

test('`patched` is called in the register only, so that no patch id is unknown', () => {
  const calling = [...sourcesOf('workflows'), ...sourcesOf('engine')]
    .filter(({ text }) => /\b(patched|deprecatePatch)\b/.test(text.replace(/\/\*\*.*?\*\//gs, '')))
    .map(({ file }) => file);
  expect(calling).toEqual([file]);
});
