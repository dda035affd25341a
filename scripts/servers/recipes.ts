/** How each local server is built from a package registry: versions, commands, and what counts as progress (docs/architecture.md#local-servers). */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Step } from '../cli/screen.ts';
import { compile, inBuildFolder } from './build.ts';
import { cacheFolder } from './cache.ts';

export const TEMPORAL_VERSION = '1.8.2';
export const STAND_IN_VERSION = '0.5.3-beta.196';
/** The `mongod` that is downloaded from its publisher. */
export const MONGOD_VERSION = '8.2.6';

/** Cargo's release profile without link-time optimisation: 7.5 minutes of CPU instead of 12 on 2 cores. */
const QUICK_RELEASE = {
  CARGO_PROFILE_RELEASE_LTO: 'off',
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: '16',
  CARGO_PROFILE_RELEASE_OPT_LEVEL: '2',
};

const GIGABYTE = 1e9;
const moduleFolder = join(import.meta.dirname, 'temporal');

/** Where a build leaves its binary for `install` before the folder goes. */
export interface BuildOptions {
  env: NodeJS.ProcessEnv;
  step: Step;
  signal?: AbortSignal | undefined;
  install(binary: string): Promise<string>;
}

/** Go: the Temporal CLI with its dev server. A module of our own, because `go install` refuses the `replace` in the CLI's. */
export function buildTemporal({ env, step, signal, install }: BuildOptions): Promise<string> {
  const modules = counter(205);
  const packages = counter(1716);
  return inBuildFolder(5 * GIGABYTE, env, async (folder) => {
    const source = join(folder, 'source');
    const binary = join(folder, 'temporal');
    await mkdir(source);
    for (const file of ['go.mod', 'go.sum', 'tools.go']) await copyFile(join(moduleFolder, file), join(source, file));
    const linkerFlags = `-s -w -X github.com/temporalio/cli/internal/temporalcli.Version=${TEMPORAL_VERSION}`;
    // -modcacherw: a read-only module cache could not be removed.
    // The tag leaves out Google Cloud client code that a dev server never calls.
    const tags = ['-tags', 'disable_grpc_modules'];
    const flags = ['-v', '-mod=readonly', '-modcacherw', '-trimpath', ...tags, '-ldflags', linkerFlags, '-o', binary];
    const caches = { GOMODCACHE: join(folder, 'modules'), GOCACHE: join(folder, 'compiled'), GOTMPDIR: folder };
    await compile({
      command: 'go',
      args: ['build', ...flags, 'github.com/temporalio/cli/cmd/temporal'],
      cwd: source,
      env: { ...env, GOTOOLCHAIN: 'auto', CGO_ENABLED: '0', GOWORK: 'off', ...caches },
      logFile: join(cacheFolder(env), 'temporal', 'build.log'),
      signal,
      onLine(line) {
        if (line.startsWith('go: downloading')) step.update(`fetching modules: ${modules.next()}`);
        else if (!line.startsWith('go:')) step.update(`compiling: ${packages.next()} packages`);
      },
    });
    return install(binary);
  });
}

/** Rust: the MongoDB stand-in. */
export function buildStandIn({ env, step, signal, install }: BuildOptions): Promise<string> {
  const crates = counter(210);
  return inBuildFolder(3 * GIGABYTE, env, async (folder) => {
    const place = ['--root', join(folder, 'root'), '--target-dir', join(folder, 'target'), '--color', 'never'];
    const home = join(folder, 'home');
    await mkdir(home);
    await linkSettings(env['CARGO_HOME'] || join(homedir(), '.cargo'), home);
    await compile({
      command: 'cargo',
      args: ['install', '--locked', '--ignore-rust-version', 'secantus-mdb', '--version', STAND_IN_VERSION, ...place],
      cwd: folder,
      env: { ...env, CARGO_HOME: home, ...QUICK_RELEASE },
      logFile: join(cacheFolder(env), 'secantus-mdb', 'build.log'),
      signal,
      onLine(line) {
        if (/^\s*Compiling /.test(line)) step.update(`compiling: ${crates.next()} packages`);
        else if (/^\s*Downloaded /.test(line)) step.update('fetching packages');
      },
    });
    return install(join(folder, 'root', 'bin', 'secantusd-rs'));
  });
}

/** The user's own settings, mirrors and credentials among them, hold in the temporary home too. */
async function linkSettings(from: string, to: string): Promise<void> {
  for (const file of ['config.toml', 'config', 'credentials.toml', 'credentials']) {
    if (existsSync(join(from, file))) await symlink(join(from, file), join(to, file));
  }
}

/** Counts up to a number known from an earlier build of the same version: `812 of 1710`. */
function counter(expected: number) {
  let count = 0;
  return {
    next() {
      count += 1;
      return `${count} of ${Math.max(count, expected)}`;
    },
  };
}
