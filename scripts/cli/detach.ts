/** `start --detach`: the same start in the background, watched until it is ready. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { sendingScreen, showingMessages } from './relay.ts';
import type { Screen } from './screen.ts';
import { localPaths, root } from './settings.ts';

const DETACHED = 'CARELOOP_DETACHED';
const readyMessage = z.object({ kind: z.literal('ready') });

/** Starts the background process and returns when it says it is ready, or has failed. Returns the exit code. */
export async function startDetached(args: string[], screen: Screen, signal: AbortSignal): Promise<number> {
  const paths = localPaths();
  mkdirSync(paths.logs, { recursive: true });
  const log = openSync(paths.log('careloop'), 'a');
  const child = spawn(process.execPath, [join(root, 'scripts/cli/launch.cjs'), 'start', ...args], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: { ...process.env, [DETACHED]: '1' },
  });
  closeSync(log);
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  const show = showingMessages(screen);
  const code = await new Promise<number>((resolve) => {
    child.on('message', (message) => {
      if (!show(message) && readyMessage.safeParse(message).success) resolve(0);
    });
    child.once('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  if (child.connected) child.disconnect();
  child.unref();
  return signal.aborted ? 130 : code;
}

/** In the background process: where its screen is, and how it says it is ready. Undefined in any other. */
export function detachedSide(): { screen: Screen; onReady(): void } | undefined {
  if (process.env[DETACHED] !== '1' || !process.send) return undefined;
  const send = (message: object) => {
    if (process.connected) process.send?.(message);
  };
  // The waiting command has ended.
  process.on('disconnect', () => {});
  // Listening alone would keep a start alive that has failed.
  process.channel?.unref();
  return { screen: sendingScreen(send), onReady: () => send({ kind: 'ready' }) };
}
