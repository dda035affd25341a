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
  // Bundled with them.
  'workflows/sealing/interceptors.ts',
  'bench/handwritten/index.ts',
  'bench/handwritten/bare.ts',
  'tests/runtime/proof/workflows.ts',
  'tests/runtime/failing-hooks/workflows.ts',
  'tests/support/documented-workers/workflows.ts',
  // Called by what docs/job-workers.md prints.
  'tests/support/documented-workers/acme.ts',
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

  /** The console has packages of its own, which API and worker run without; a client of others in the tests uses them, too. */
  const fromWeb = ({ from }: { from: string }) => /^(web|tests\/runtime\/api\/openapi-client)\//.test(from);
  const web = JSON.parse(read('web/package.json')) as Record<
    'dependencies' | 'devDependencies',
    Record<string, string>
  >;
  const webPackages = { ...web.dependencies, ...web.devDependencies };

  /** Needed without an import: programs that are run, types, what another package would bring twice. */
  const withoutImport = [
    '@biomejs/biome',
    '@types/express',
    '@types/node',
    '@types/swagger-ui-dist',
    'axe-core',
    'protobufjs',
    'swagger-ui-dist',
    'tsx',
    'typescript',
  ];

  test('are all needed', () => {
    const names = new Set([...imported.filter((one) => !fromWeb(one)).map(({ name }) => name), ...withoutImport]);
    const all = Object.keys({ ...dependencies, ...devDependencies });
    expect(all.filter((name) => !names.has(name))).toEqual([]);
    expect(withoutImport.filter((name) => !all.includes(name))).toEqual([]);
  });

  test('of the console are all needed and declared', () => {
    const names = new Set(
      imported
        .filter((one) => one.from.startsWith('web/src/') || one.from === 'web/vite.config.ts')
        .map(({ name }) => name),
    );
    const types = ['@types/react', '@types/react-dom'];
    expect(Object.keys(webPackages).filter((name) => !names.has(name) && !types.includes(name))).toEqual([]);
    expect([...names].filter((name) => !(name in webPackages))).toEqual([]);
  });

  test('are all declared, and those of the programs as dependencies', () => {
    const programs = /^(engine|store|workflows|activities|temporal|worker|api|scripts)\//;
    const undeclared = imported
      .filter((one) => !fromWeb(one))
      .filter(({ from, name }) => {
        const declared = programs.test(from) ? dependencies : { ...dependencies, ...devDependencies };
        return !(name in declared) && !devOnly(from, name);
      });
    expect(undeclared).toEqual([]);
  });

  /** `./careloop test` runs the tests, and is run where they are. */
  const devOnly = (from: string, name: string) => from === 'scripts/cli/test.ts' && name in devDependencies;

  test('have exact versions', () => {
    const versions = Object.values({ ...dependencies, ...devDependencies, ...webPackages });
    expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('stand in docs/dependencies.md with their licence', () => {
    const [taken = ''] = read('docs/dependencies.md').split('## Refused');
    const rows = [...taken.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)];
    const written = Object.fromEntries(rows.map(([, name = '', licence = '']) => [name, licence.trim()]));
    const licenceIn = (folder: string) => (name: string) => [
      name,
      (JSON.parse(read(`${folder}/${name}/package.json`)) as { license: string }).license.replace(/^\((.*)\)$/, '$1'),
    ];
    const own = Object.keys({ ...dependencies, ...devDependencies }).map(licenceIn('node_modules'));
    // The packages of the console are installed when it is built; their licences stand in its lock file.
    const locked = JSON.parse(read('web/package-lock.json')) as { packages: Record<string, { license?: string }> };
    const actual = [
      ...own,
      ...Object.keys(webPackages).map((name) => [name, locked.packages[`node_modules/${name}`]?.license]),
    ];
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
