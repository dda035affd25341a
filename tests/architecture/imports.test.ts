import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  allImports,
  circlesIn,
  covers,
  type FolderRule,
  importsOf,
  isAllowed,
  readRules,
  sourceFiles,
} from './imports.ts';

const root = join(import.meta.dirname, '../..');
const rules = readRules(readFileSync(join(root, 'docs/code.md'), 'utf8'));
const imports = allImports(root);

describe('the table "What imports what" of docs/code.md', () => {
  test('has a row for every folder with code', () => {
    const folders = new Set(sourceFiles(root).map((path) => `${path.split('/')[0]}/`));
    expect([...folders].sort()).toEqual(rules.map(({ folder }) => folder).sort());
  });

  test('names folders and files that exist', () => {
    const files = sourceFiles(root);
    const named = rules.flatMap((rule) => [...(rule.imports === 'all' ? [] : rule.imports), ...rule.types]);
    expect(named.filter((pattern) => !files.some((path) => covers(pattern, path)))).toEqual([]);
  });

  test('allows every import', () => {
    const refused = imports.filter((one) => !isAllowed(one, rules));
    expect(refused.map(({ from, to, typeOnly }) => `${from} imports ${typeOnly ? 'types of ' : ''}${to}`)).toEqual([]);
  });
});

test('no files import each other in a circle, type imports included', () => {
  expect(circlesIn(imports)).toEqual([]);
});

describe('the reading of imports', () => {
  test('finds values, types, side effects, re-exports and imports within a line', () => {
    const source = [
      "import { a } from './a.ts';",
      "import type { B } from '../b.ts';",
      "import {\n  c,\n  type D,\n} from './c.ts';",
      "import './e.ts';",
      "export * from './f.ts';",
      "const g: import('./g.ts').G = await import('./h.ts');",
      "import express from 'express';",
      'const text = "import x from \'./no.ts\'";',
    ].join('\n');
    expect(importsOf('api/http/app.ts', source).map(({ to, typeOnly }) => (typeOnly ? `type ${to}` : to))).toEqual([
      'api/http/a.ts',
      'type api/b.ts',
      'api/http/c.ts',
      'api/http/e.ts',
      'api/http/f.ts',
      'express',
      'api/http/g.ts',
      'api/http/h.ts',
    ]);
  });
});

describe('the rules', () => {
  const table = readRules(
    [
      '| folder | may import | types also of | of packages |',
      '|---|---|---|---|',
      '| `engine/` | nothing | | `feelin` |',
      '| `activities/` | `engine/` | | any but `express` |',
      '| `workflows/` | `engine/`, `activities/**/*messages.ts` | `activities/types.ts` | `@temporalio/*` |',
      '| `tests/` | all | | any |',
    ].join('\n'),
  );
  const allows = (from: string, to: string, typeOnly = false) =>
    isAllowed({ from, to, typeOnly }, table satisfies FolderRule[]);

  test('keep a folder to what its row names', () => {
    expect(allows('engine/a.ts', 'engine/core/b.ts')).toBe(true);
    expect(allows('engine/a.ts', 'activities/b.ts', true)).toBe(false);
    expect(allows('activities/a.ts', 'engine/b.ts')).toBe(true);
    expect(allows('tests/a.ts', 'workflows/b.ts')).toBe(true);
    expect(allows('elsewhere/a.ts', 'engine/b.ts')).toBe(false);
  });

  test('take patterns of files, and files whose types alone may be imported', () => {
    expect(allows('workflows/a.ts', 'activities/jobs/pay-messages.ts')).toBe(true);
    expect(allows('workflows/a.ts', 'activities/jobs/pay.ts')).toBe(false);
    expect(allows('workflows/a.ts', 'activities/types.ts', true)).toBe(true);
    expect(allows('workflows/a.ts', 'activities/types.ts')).toBe(false);
  });

  test('name packages, or those that are refused', () => {
    expect(allows('engine/a.ts', 'feelin')).toBe(true);
    expect(allows('engine/a.ts', 'feelin/dist/index.js')).toBe(true);
    expect(allows('engine/a.ts', 'node:fs')).toBe(false);
    expect(allows('activities/a.ts', 'node:fs')).toBe(true);
    expect(allows('activities/a.ts', 'express', true)).toBe(false);
    expect(allows('workflows/a.ts', '@temporalio/workflow')).toBe(true);
  });
});

test('a circle is found at any length', () => {
  const edge = (from: string, to: string) => ({ from, to, typeOnly: true });
  expect(circlesIn([edge('a', 'b'), edge('b', 'c'), edge('c', 'a'), edge('c', 'd'), edge('d', 'e')])).toEqual([
    ['a', 'b', 'c'],
  ]);
});
