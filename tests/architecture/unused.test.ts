/** No export that nobody imports, no package that nobody needs, none that is missing or not accounted for in docs/dependencies.md. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModule, readModules, unusedExports } from './exports.ts';
import { allImports, importsOf } from './imports.ts';

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Files whose exports are wanted by something that imports them by name, not by an import. */
const open = [
  'workflows/index.ts',
  'bench/handwritten/index.ts',
  'bench/handwritten/bare.ts',
  'tests/runtime/proof/workflows.ts',
  // The setup of vitest's servers.
  'tests/support/servers.ts',
  // Loaded by ./careloop once the packages are installed.
  'scripts/cli/main.ts',
  // What the engine and the test kit offer.
  'engine/index.ts',
  'tests/kit/index.ts',
  // Asked by the next change of behaviour (docs/behaviour-changes.md).
  'engine/core/revision.ts',
  'workflows/runtime/command-changes.ts',
  // Shapes of updates for other clients.
  'workflows/runtime/instance-messages.ts',
  // Writes a module.
  'tools/calendar-data.ts',
];

test('every export is imported by another file', () => {
  const modules = readModules(root);
  modules.set('vitest.config.ts', readModule('vitest.config.ts', read('vitest.config.ts')));
  expect(open.filter((path) => !modules.has(path))).toEqual([]);
  expect(unusedExports(modules, [...open, 'vitest.config.ts'])).toEqual([]);
});

describe('packages', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const sources = [...allImports(root), ...importsOf('vitest.config.ts', read('vitest.config.ts'))];
  const nameOf = (specifier: string) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const folders = new Set(sources.map(({ from }) => from.split('/')[0]));
  const imported = sources
    .filter(({ to }) => !/^(\.|node:|careloop-bench\/)/.test(to) && !folders.has(to.split('/')[0]))
    .map(({ from, to }) => ({ from, name: nameOf(to) }));

  /** Needed without an import: programs that are run, types, what another package would bring twice. */
  const withoutImport = [
    '@biomejs/biome',
    '@types/express',
    '@types/node',
    '@types/swagger-ui-dist',
    'protobufjs',
    'swagger-ui-dist',
    'tsx',
    'typescript',
  ];

  test('are all needed', () => {
    const names = new Set([...imported.map(({ name }) => name), ...withoutImport]);
    const all = Object.keys({ ...dependencies, ...devDependencies });
    expect(all.filter((name) => !names.has(name))).toEqual([]);
    expect(withoutImport.filter((name) => !all.includes(name))).toEqual([]);
  });

  test('are all declared, and those of the programs as dependencies', () => {
    const programs = /^(engine|store|workflows|activities|temporal|worker|api|scripts)\//;
    const undeclared = imported.filter(({ from, name }) => {
      const declared = programs.test(from) ? dependencies : { ...dependencies, ...devDependencies };
      return !(name in declared) && !devOnly(from, name);
    });
    expect(undeclared).toEqual([]);
  });

  /** `./careloop test` runs the tests, and is run where they are. */
  const devOnly = (from: string, name: string) => from === 'scripts/cli/test.ts' && name in devDependencies;

  test('have exact versions', () => {
    const versions = Object.values({ ...dependencies, ...devDependencies });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('stand in docs/dependencies.md with their licence', () => {
    const [taken = ''] = read('docs/dependencies.md').split('## Refused');
    const rows = [...taken.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)];
    const written = Object.fromEntries(rows.map(([, name = '', licence = '']) => [name, licence.trim()]));
    const actual = Object.keys({ ...dependencies, ...devDependencies }).map((name) => [
      name,
      (JSON.parse(read(`node_modules/${name}/package.json`)) as { license: string }).license.replace(
        /^\((.*)\)$/,
        '$1',
      ),
    ]);
    expect(written).toEqual(Object.fromEntries(actual));
  });
});

describe('the reading of exports', () => {
  const of = (files: Record<string, string>) =>
    unusedExports(new Map(Object.entries(files).map(([path, source]) => [path, readModule(path, source)])), []);

  test('finds functions, values and types that nobody imports', () => {
    const a = [
      'export const b = 1;',
      'export async function c() {}',
      'export interface D {}',
      'export type E = string;',
      'const f = 1, g = 2;',
      'export { f, g as h };',
    ].join('\n');
    expect(of({ 'x/a.ts': a, 'x/z.ts': "import { b, h } from './a.ts';" })).toEqual([
      'x/a.ts: c',
      'x/a.ts: D',
      'x/a.ts: E',
      'x/a.ts: f',
    ]);
  });

  test('leaves types alone that stand in what is exported', () => {
    const a = 'export interface B {}\nexport const c = (b: B) => b;';
    expect(of({ 'x/a.ts': a, 'x/z.ts': "import { c } from './a.ts';" })).toEqual([]);
  });

  test('follows files that hand on what others export', () => {
    const files = { 'x/a.ts': 'export const b = 1;\nexport const c = 1;', 'x/index.ts': "export * from './a.ts';" };
    expect(of({ ...files, 'y/z.ts': "import { b } from '../x/index.ts';" })).toEqual(['x/a.ts: c']);
  });
});
