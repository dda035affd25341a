/** Nothing outside of a clone is needed: the sources name nothing there, and tests that want public cases are skipped without them. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tallyOf } from '../../scripts/cli/test-summary.ts';
import { pathsOutside } from '../support/clone-boundary.ts';
import { whyMissing } from '../support/public-cases.ts';
import { aFolder } from './builders.ts';

const root = resolve(import.meta.dirname, '../..');

/** What a clone would have; undefined where git does not know the folder, as of an archive that was unpacked. */
function filesOfAClone(): string[] | undefined {
  const { status, stdout } = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.split('\0').filter(Boolean) : undefined;
}

const files = filesOfAClone();
const withGit = files ? it : it.skip;
const needsGit = { meta: { skippedBecause: 'git, which tells what a clone has, does not know this folder' } };

/** In an empty folder, with the packages of this one. */
async function aClone(of: string[]): Promise<string> {
  const clone = join(await aFolder(), 'careloop');
  for (const folder of new Set(of.map((file) => dirname(file)))) await mkdir(join(clone, folder), { recursive: true });
  // A file that is deleted and not yet committed is still listed.
  await Promise.all(of.map((file) => cp(join(root, file), join(clone, file)).catch(() => {})));
  await symlink(join(root, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}

/** Tells of an inner run of Vitest nothing of the outer one, and nothing of where its cases are. */
const ownEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST.*|TEST|NODE_ENV|CARELOOP_CASES)$/.test(name)),
  );

const isSource = (file: string): boolean =>
  /\.(ts|cts|mts|js|cjs|mjs|sh)$/.test(file) || /^(careloop|\.ci\/run|package\.json|tsconfig\.json)$/.test(file);

/** By file, what it may name outside of the clone. */
const allowed: Record<string, string[]> = {
  // The public cases: what needs them does without.
  'tests/support/public-cases.ts': ['../shared/conformance'],
  // Servers that are fetched or built once are kept for all clones.
  'scripts/servers/cache.ts': ['homedir()'],
  // Where packages come from may be set for a person; without, it is the usual place.
  'scripts/servers/recipes.ts': ['homedir()'],
  // Of a process; a system without it is asked otherwise.
  'scripts/cli/lock.cjs': ['/proc/', '/proc/sys/kernel/random/boot_id'],
  'bench/support/numbers.ts': ['/proc/'],
  'bench/support/weigh.cjs': ['/proc/thread-self/schedstat'],
  // Where Debian's Chromium is.
  'bench/scroll.ts': ['/usr/bin/chromium'],
  'tools/pictures.ts': ['/usr/bin/chromium'],
  // The shell that runs `./careloop`.
  'tests/scripts/launcher.test.ts': ['/bin/sh'],
  // Its own folder.
  '.ci/run': [')/..'],
  // Texts that are sent, and must not be read.
  'tests/engine/compile/foreign-files.test.ts': ['file:///etc/hostname'],
  'tests/runtime/api/bad-requests.ts': ['../../etc/passwd'],
  'tests/runtime/api/files.test.ts': ['../伤口\\u202Egpj.exe'],
};

describe('a clone', () => {
  withGit('is all that its sources name, but for what is known', needsGit, async () => {
    const there = new Set(['.']);
    for (const file of files ?? []) for (let path = file; path !== '.'; path = dirname(path)) there.add(path);
    // What programs write into the clone and git ignores.
    for (const written of ['dist', 'dist/web', '.local', 'coverage', 'node_modules']) there.add(written);
    const found: Record<string, string[]> = {};
    // This file names outside paths to tell of them.
    for (const file of (files ?? []).filter((one) => isSource(one) && one !== 'tests/scripts/clone.test.ts')) {
      const text = await readFile(join(root, file), 'utf8').catch(() => '');
      const outside = pathsOutside(file, text, (path) => there.has(path));
      if (outside.length > 0) found[file] = [...new Set(outside)];
    }
    expect(found, 'paths that lead out of the clone').toEqual(allowed);
  });

  withGit(
    'with nothing beside it skips what needs public cases, says why, and fails in nothing',
    needsGit,
    async () => {
      const clone = await aClone(files ?? []);
      const report = join(dirname(clone), 'report.json');
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [
          join(clone, 'node_modules/vitest/vitest.mjs'),
          ...['run', '--project=unit', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
          ...['bpmn', 'dmn', 'constraints'].map((name) => `tests/conformance/${name}.test.ts`),
        ],
        { cwd: clone, env: ownEnvironment(), encoding: 'utf8' },
      );
      const tally = tallyOf(await readFile(report, 'utf8').catch(() => ''), status ?? 1);
      expect(tally, stdout + stderr).toMatchObject({ failed: 0, skipped: [{ because: whyMissing, count: 4 }] });
      expect(tally.passed).toBeGreaterThan(0);
    },
  );
});

describe('a path in a source', () => {
  const there = (path: string): boolean => ['.', 'engine', 'engine/plan.ts', 'docs'].includes(path);
  const inTest = (text: string): string[] => pathsOutside('tests/store/some.test.ts', text, there);

  it('may lead to what the clone has', () => {
    expect(inTest(`import { x } from '../../engine/plan.ts';`)).toEqual([]);
    expect(inTest(`resolve(import.meta.dirname, '..', '..', 'docs')`)).toEqual([]);
    expect(inTest(`new URL(\`../../docs/\${name}.md\`, import.meta.url)`)).toEqual([]);
    expect(inTest(`const sample = "import '../b.ts'";`)).toEqual([]);
    expect(inTest(`const range = [1 .. 5]; f(...rest); // see also ..`)).toEqual([]);
  });

  it.each([
    ['beside the clone', `new URL('../../../shared/cases', import.meta.url)`, `../../../shared/cases`],
    ['beside the clone from its root', `process.argv[2] ?? '../shared/cases'`, `../shared/cases`],
    ['out of the clone step by step', `join(here, '..', '..', '..', 'cases')`, `../../../cases`],
    ['up from the root', `join(root, '..', name)`, `..`],
    ['out of the clone by a name', `\`../../../\${name}\``, `../../../\${name}`],
    ['up again later', `'./cases/../../x'`, `./cases/../../x`],
    ['up again after a name', `\`\${folder}/../x\``, `\${folder}/../x`],
    ['to what the clone does not have', `readFile('../nowhere.json')`, `../nowhere.json`],
    ['into a folder of the system', `readFile('/etc/hosts')`, `/etc/hosts`],
    ['into one that is named by an address', `new URL('file:///srv/x')`, `file:///srv/x`],
    ['to the home of a person', `join(homedir(), 'cases')`, `homedir()`],
  ])('must not lead %s', (_where, text, path) => {
    expect(inTest(text)).toEqual([path]);
  });
});
