/**
 * How much a browser loads for each page of the console, packed: the first page with all it needs at once, without what comes when it is
 * asked for (dialogs, editors, the other language). `npm run bench -- console`
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { rounded, table } from './support/numbers.ts';

const web = join(import.meta.dirname, '../web');
const pages = ['login', 'inbox', 'case', 'instances', 'start', 'definitions'];

const folder = await mkdtemp(join(tmpdir(), 'careloop-console-'));
try {
  const build = [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, build, { cwd: web });
  const assets = join(folder, 'assets');
  const names = await readdir(assets);
  const contents = new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(join(assets, name), 'utf8')] as const)),
  );
  const kib = (files: Iterable<string>) =>
    [...files].reduce((sum, name) => sum + gzipSync(contents.get(name) ?? '', { level: 9 }).length, 0) / 1024;

  /** A file and what it imports at once, as deep as that goes. */
  const withImports = (name: string, found = new Set<string>()): Set<string> => {
    if (found.has(name) || !contents.has(name)) return found;
    found.add(name);
    for (const [, path = ''] of (contents.get(name) ?? '').matchAll(/(?:from|import)\s*"(\.\/[^"]+\.js)"/g))
      withImports(basename(path), found);
    return found;
  };

  const index = await readFile(join(folder, 'index.html'), 'utf8');
  const first = [...index.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)].map(([, name = '']) => name);
  const entry = new Set(first.flatMap((name) => [...withImports(name), name]));
  const rows = pages.flatMap((page) => {
    const chunk = names.find((name) => new RegExp(`^${page}-[\\w-]{8}\\.js$`).test(name));
    if (!chunk) return [];
    const all = new Set([...entry, ...withImports(chunk)]);
    return [[page, rounded(kib(all), 0), rounded(kib([chunk]), 1), String(all.size)]];
  });
  console.log(table(['page', 'KiB gz in all', 'of its own', 'files'], rows));
} finally {
  await rm(folder, { recursive: true, force: true });
}
