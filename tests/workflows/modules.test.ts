/** The workflows' modules are loaded once for all instances of a worker: none of them may remember anything of one (worker/bundle.ts). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../../workflows', import.meta.url));

/** Found by hash, never changed: the same for whoever asks. */
const shared = ['runtime/plans.ts: const plans'];

const memory =
  /^(?:export )?(?:(?:let|var) \w+|const \w+(?=[^=\n]*= (?:new (?:Map|Set|WeakMap|WeakSet|Array)\b(?!\(\[)|\[\]|\{\}(?! as const))))/gm;

/** Variables of a module, and collections it begins empty. */
function memoryIn(source: string): string[] {
  return [...source.matchAll(memory)].map(([found]) => found.replace('export ', ''));
}

test('no module of the workflows keeps anything between instances', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const found = files.flatMap((name) =>
    memoryIn(readFileSync(join(folder, name), 'utf8')).map((what) => `${name}: ${what}`),
  );
  expect(found).toEqual(shared);
});

test.each([
  ['let last: Promise<unknown> = Promise.resolve();', ['let last']],
  ['export const seen = new Set<string>();', ['const seen']],
  ['const rows: Row[] = [];', ['const rows']],
  ["const names = new Set(['a', 'b']);", []],
  ['const register = {} as const;', []],
  ["const keys = { a: 'b' };", []],
  ['function f() {\n  let n = 0;\n}', []],
])('%s', (source, expected) => {
  expect(memoryIn(source)).toEqual(expected);
});
