'use strict';
// A lock file that one process on this machine can hold, and that frees itself when its holder has died.
// Plain CommonJS without dependencies: the launcher needs it before anything is installed.
const fs = require('node:fs');
const { execFileSync } = require('node:child_process');
const path = require('node:path');

/** A broken-off attempt to break a stale lock is itself given up after this many milliseconds. */
const BREAKER_PATIENCE_MS = 10000;

/** When the process started, as an opaque text, or undefined when it is not running: a process id alone is used again by the system. */
function startOf(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
      return `${fs.readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`;
    } catch {
      return undefined;
    }
  }
  try {
    const out = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] });
    return out.toString().trim() || undefined;
  } catch {
    return undefined;
  }
}

function identify(pid) {
  return { pid, started: startOf(pid) };
}

function isAlive(identity) {
  return identity.started !== undefined && startOf(identity.pid) === identity.started;
}

function holderOf(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    return { pid: 0 };
  }
}

/** Puts the file there complete or not at all (a link, unlike a write, cannot be seen half done). */
function place(file, identity) {
  const temp = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  fs.writeFileSync(temp, JSON.stringify(identity));
  try {
    fs.linkSync(temp, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    fs.unlinkSync(temp);
  }
}

/** Removes a lock whose holder has died. Only one process does so at a time, or it might remove the next holder's. */
function breakStale(file) {
  const breaker = `${file}.breaking`;
  if (!place(breaker, identify(process.pid))) {
    try {
      if (Date.now() - fs.statSync(breaker).mtimeMs > BREAKER_PATIENCE_MS) fs.unlinkSync(breaker);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
    return;
  }
  try {
    const holder = holderOf(file);
    if (holder && !isAlive(holder)) fs.unlinkSync(file);
  } finally {
    fs.unlinkSync(breaker);
  }
}

function tryLock(file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    let mine = identify(process.pid);
    if (place(file, mine)) {
      return {
        ok: true,
        /** The lock now belongs to that process and lasts as long as it does. */
        handOver(pid) {
          mine = identify(pid);
          const temp = `${file}.${process.pid}.handover`;
          fs.writeFileSync(temp, JSON.stringify(mine));
          fs.renameSync(temp, file);
        },
        release() {
          const holder = holderOf(file);
          if (holder && holder.pid === mine.pid && holder.started === mine.started) fs.unlinkSync(file);
        },
      };
    }
    const holder = holderOf(file);
    if (holder && isAlive(holder)) return { ok: false, holder };
    breakStale(file);
  }
  return { ok: false, holder: holderOf(file) || { pid: 0 } };
}

/** Waits for its turn; `onWait` is told once who holds the lock. */
async function lock(file, onWait) {
  for (let told = false; ; ) {
    const attempt = tryLock(file);
    if (attempt.ok) return attempt;
    if (!told && onWait) onWait(attempt.holder);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

module.exports = { identify, isAlive, tryLock, lock };
