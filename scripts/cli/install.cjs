'use strict';
// Installs the locked dependencies when they are not what package-lock.json says, then runs the command (main.ts).
const fs = require('node:fs');
const path = require('node:path');
const { spawn } = require('node:child_process');
const { pathToFileURL } = require('node:url');
const { lock } = require('./lock.cjs');

const root = path.resolve(__dirname, '../..');
const say = (text) => process.stderr.write(`${text}\n`);

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** npm writes what it installed into node_modules, last of all. Packages for other platforms are left out there. */
function isInstalled(folder) {
  const wanted = readJson(path.join(folder, 'package-lock.json'));
  const there = readJson(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted || !there) return false;
  return Object.entries(wanted.packages).every(([place, entry]) => {
    if (place === '') return true;
    const installed = there.packages[place];
    if (!installed) return entry.optional === true;
    return installed.version === entry.version && installed.integrity === entry.integrity;
  });
}

function npmCi(folder, options) {
  return new Promise((resolve, reject) => {
    // --include=dev: tests and type check are part of the command, whatever NODE_ENV says.
    const child = spawn('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error', ...options], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        // The cause comes first; npm may add a page of usage.
        output = (output + data).slice(0, 4000);
      });
    }
    child.once('error', () => reject(new Error('There is no `npm` on the PATH; it comes with Node.js.')));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(
            `Installing the dependencies failed (npm ended with code ${code}):\n${output.split('npm error Usage')[0].trim()}`,
          ),
        );
    });
  });
}

async function install(folder, isSkipped, options = []) {
  if (isSkipped || isInstalled(folder)) return;
  const lockFile = path.join(folder, '.local', 'install.lock');
  const held = await lock(lockFile, (holder) =>
    say(`Process ${holder.pid} is installing the dependencies; waiting for it.`),
  );
  const since = Date.now();
  const seconds = () => `${Math.round((Date.now() - since) / 1000)} s`;
  try {
    if (isInstalled(folder)) return;
    say('Installing the dependencies that package-lock.json names …');
    const timer = setInterval(() => say(`… installing the dependencies · ${seconds()}`), 15_000);
    try {
      await npmCi(folder, options);
    } finally {
      clearInterval(timer);
    }
    say(`✓ Dependencies installed · ${seconds()}`);
  } finally {
    held.release();
  }
}

async function installThenRun() {
  try {
    // For images and machines where somebody else takes care of node_modules.
    await install(root, process.env.CARELOOP_SKIP_INSTALL === '1');
  } catch (error) {
    say(error.message);
    process.exitCode = 1;
    return;
  }
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import(pathToFileURL(path.join(__dirname, 'main.ts')).href);
  process.exitCode = await main(process.argv.slice(2));
}

module.exports = { installThenRun, isInstalled, install };
