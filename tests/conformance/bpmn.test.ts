/** The list of cases that pass only grows: whatever passed once must pass, and what passes newly is written down. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { publicTest } from '../support/public-test.ts';
import { compare, runFolder } from './cases.ts';

const mustPass = JSON.parse(readFileSync(new URL('./must-pass.json', import.meta.url), 'utf8')) as string[];

describe('the conformance cases', () => {
  publicTest(
    ['bpmn'],
    'pass at least as listed in must-pass.json, and the list names all that pass',
    async (folder) => {
      const results = await runFolder(folder);
      const passing = results.filter((result) => result.passed).map((result) => result.name);
      const lost = results.filter((result) => !result.passed && mustPass.includes(result.name));
      expect(lost.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([]);
      expect(
        passing.filter((name) => !mustPass.includes(name)),
        'pass now: add them to must-pass.json',
      ).toEqual([]);
      expect(
        mustPass.filter((name) => !results.some((result) => result.name === name)),
        'no such case',
      ).toEqual([]);
    },
    60_000,
  );
});

describe('comparing what was logged with what was expected', () => {
  it('takes both as multisets', () => {
    expect(compare(['a', 'b', 'a'], ['b', 'a', 'a'])).toBeUndefined();
    expect(compare(['a'], ['a', 'a'])).toBe('expected [a], got [a, a]');
    expect(compare(['a', 'a'], ['a'])).toBe('expected [a, a], got [a]');
  });

  it('lets ERROR stand for any kind of error, and for nothing else', () => {
    expect(compare(['ERROR'], ['ERROR_deployment'])).toBeUndefined();
    expect(compare(['ERROR'], ['ERROR_runtime'])).toBeUndefined();
    expect(compare(['ERROR'], [])).toBe('expected [ERROR], got []');
    expect(compare(['ERROR_runtime'], ['ERROR_deployment'])).toBe('expected [ERROR_runtime], got [ERROR_deployment]');
  });
});
