/**
 * How much a browser loads for each page of the console, packed: the first page with all it needs at once, without what comes when it is
 * asked for (dialogs, editors, the other language). `npm run bench -- console`
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pageSize } from '../tools/console-sizes.ts';
import { rounded, table } from './support/numbers.ts';

const web = join(import.meta.dirname, '../web');
const pages = [
  'login',
  'inbox',
  'case',
  'instances',
  'start',
  'definitions',
  'heat',
  'patients',
  'patient',
  'calls',
  'letters',
  'figures',
  'settings',
];
/** Documents of their own. */
const documents = ['studio'];

const folder = await mkdtemp(join(tmpdir(), 'careloop-console-'));
try {
  const build = [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--logLevel', 'error'];
  await promisify(execFile)(process.execPath, build, { cwd: web });
  const all = [...pages, ...documents];
  const sizes = await Promise.all(
    all.map((page) => pageSize(folder, page, documents.includes(page) ? `${page}.html` : 'index.html')),
  );
  const rows = sizes.map(({ kib, ownKib, files }, index) => [
    all[index] ?? '',
    rounded(kib, 0),
    rounded(ownKib, 1),
    String(files.length),
  ]);
  console.log(table(['page', 'KiB gz in all', 'of its own', 'files'], rows));
} finally {
  await rm(folder, { recursive: true, force: true });
}
