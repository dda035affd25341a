import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ENGINE_REVISION } from '../../../engine/core/revision.ts';
import { difference, differenceOf, outcomesOf, recordedRevisions, traceNames, tracesAsOf } from './trace.ts';

const revisions = Array.from({ length: ENGINE_REVISION }, (_, n) => n + 1);

const whatToDo =
  'The behaviour of the engine changed: raise ENGINE_REVISION and register the change (docs/behaviour-changes.md), or, as long as no ' +
  'release has this revision, record the traces anew with `npm run traces`.';

test.each(revisions)('an instance of engine revision %i does as the golden traces say', (revision) => {
  const differences = [...tracesAsOf(revision)].flatMap(([name, trace]) => {
    const found = differenceOf(trace, revision);
    return found === undefined ? [] : [`${name}: ${found}`];
  });
  expect(differences, whatToDo).toEqual([]);
});

test('every engine revision has traces that show what it changed, and none is unknown', () => {
  expect(recordedRevisions()).toEqual(revisions);
  for (const revision of revisions) expect(traceNames(revision).length, `revision ${revision}`).toBeGreaterThan(0);
});

test('a difference is reported by its step, with removed and new entries', () => {
  const [{ plan, courses } = { plan: undefined, courses: [] }] = tracesAsOf(1).values();
  const [course] = courses;
  if (!plan || !course) throw new Error('There are no traces.');
  const [first, ...rest] = outcomesOf(plan, course, 1);
  expect(difference(course, [first!, ...rest])).toBeUndefined();
  const changed = [{ ...first!, digest: 'other', waits: ['task Elsewhere 9'] }, ...rest];
  expect(difference(course, changed)).toMatch(/^step 1 \(start\): waits: - .*, \+ task Elsewhere 9$/);
});

test('the traces stay small', () => {
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /\.jsonl?$/.test(name));
  expect(files.reduce((sum, name) => sum + statSync(folder + name).size, 0)).toBeLessThan(500_000);
});
