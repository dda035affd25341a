/** The models of the public suite that each break one constraint: how many are refused only grows, and no valid one is. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect } from 'vitest';
import { compile } from '../../engine/compile/index.ts';
import { publicTest } from '../support/public-test.ts';
import { readEntries } from './cases.ts';

describe('models that break the standard', () => {
  publicTest(
    ['bpmn-constraints'],
    'are all told by the rule of their constraint',
    async (root) => {
      const models = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bpmn'));
      const missed: string[] = [];
      for (const model of models) {
        const constraint = basename(dirname(model));
        const { problems } = await compile(readFileSync(join(root, model)), { scriptJobType: 'script' });
        if (!problems.some((problem) => problem.constraints?.includes(constraint))) missed.push(basename(model));
      }
      expect(missed.sort()).toEqual([]);
    },
    60_000,
  );
});

describe('valid models', () => {
  publicTest(
    ['bpmn'],
    'are never refused for breaking the standard',
    async (root) => {
      const refused: string[] = [];
      for (const { name, file, cases } of readEntries(root)) {
        const mayBeRefused = cases.every(({ expect }) =>
          expect.some((outcome) => /^ERROR(_deployment)?$/.test(outcome)),
        );
        const { problems } = await compile(readFileSync(join(root, file)), { scriptJobType: 'script' });
        const errors = problems.filter(
          ({ severity, code }) => severity === 'error' && !code.startsWith('unsupported-'),
        );
        if (errors.length > 0 && !mayBeRefused) refused.push(`${name}: ${errors.map((error) => error.code).join()}`);
      }
      expect(refused).toEqual([]);
    },
    60_000,
  );
});
