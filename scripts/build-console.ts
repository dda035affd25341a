/** Builds the web console into a folder: its packages, the API's types, the bundle, and each file packed for transfer. */
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import installer from './cli/install.cjs';

const packable = /\.(js|css|svg|html)$/;
/** Smaller files are not worth a second copy. */
const leastBytes = 1024;

/**
 * @param folder of the project
 * @param out where index.html and assets/ go
 */
export async function buildConsole(folder: string, out: string): Promise<void> {
  const web = join(folder, 'web');
  await prepareConsole(folder);
  await run(
    process.execPath,
    [join(web, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', out, '--emptyOutDir', '--logLevel', 'warn'],
    web,
  );
  await pack(join(out, 'assets'));
}

/** What its sources need to be checked: its packages, which API and worker run without, and the types of the API. */
export async function prepareConsole(folder: string): Promise<void> {
  // None of them needs its install script; one would report usage.
  await installer.install(join(folder, 'web'), false, ['--ignore-scripts']);
  await run(process.execPath, ['--import', 'tsx', 'tools/api-types.ts'], folder);
}

async function pack(assets: string): Promise<void> {
  const [toBrotli, toGzip] = [promisify(brotliCompress), promisify(gzip)];
  for (const name of await readdir(assets)) {
    if (!packable.test(name)) continue;
    const file = join(assets, name);
    const content = await readFile(file);
    if (content.length < leastBytes) continue;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
    const [brotli, zipped] = await Promise.all([toBrotli(content, quality), toGzip(content, { level: 9 })]);
    await Promise.all([writeFile(`${file}.br`, brotli), writeFile(`${file}.gz`, zipped)]);
  }
}

function run(command: string, args: string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    // Whoever builds, tests too: React is bundled as it is for production.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0
        ? resolve()
        : reject(new Error(`The console could not be built: ${command} ${args[0]} ended with ${code}.\n${output}`)),
    );
  });
}
