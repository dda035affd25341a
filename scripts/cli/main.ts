/** Reads the command line and hands over to the command. Returns the exit code. */
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { bundleFile } from './bundle.ts';
import { addAdministrator, demo, deploy, logs, reset, status, stop } from './commands.ts';
import { detachedSide, startDetached } from './detach.ts';
import { failure, messageOf } from './failure.ts';
import { help, showError } from './help-texts.ts';
import { lintFiles } from './lint.ts';
import { createScreen, type Screen } from './screen.ts';
import { localPaths, portSettings, readSettings } from './settings.ts';
import { start } from './start.ts';
import { test } from './test.ts';
import { testFolder } from './test-folder.ts';

type Flags = NonNullable<ParseArgsConfig['options']>;

const portFlags: Flags = Object.fromEntries(portSettings.map(({ flag }) => [flag, { type: 'string' }]));

const flagsOf: Record<string, Flags> = {
  start: { detach: { type: 'boolean', short: 'd' }, ...portFlags },
  stop: {},
  status: {},
  logs: { follow: { type: 'boolean', short: 'f' }, lines: { type: 'string', short: 'n' } },
  reset: {},
  test: { watch: { type: 'boolean', short: 'w' } },
  lint: { json: { type: 'boolean' }, jobs: { type: 'string' } },
  bundle: { note: { type: 'string' } },
  'add-administrator': {},
  deploy: {},
  demo: {
    speed: { type: 'string' },
    url: { type: 'string' },
    patients: { type: 'string' },
    only: { type: 'string' },
  },
  worker: {
    generic: { type: 'boolean' },
    queue: { type: 'string' },
    types: { type: 'string' },
    delay: { type: 'string' },
    result: { type: 'string' },
    register: { type: 'boolean' },
    url: { type: 'string' },
  },
};

export async function main(args: string[]): Promise<number> {
  const detached = detachedSide();
  const screen = detached?.screen ?? createScreen(process.stdout);
  // A terminal that was closed must not end us before everything is stopped.
  process.stdout.on('error', () => {});
  process.stderr.on('error', () => {});
  try {
    return await dispatch(args, screen, detached?.onReady);
  } catch (error) {
    showError(screen, error);
    return 1;
  }
}

async function dispatch(args: string[], screen: Screen, onDetachedReady: (() => void) | undefined): Promise<number> {
  const [command = 'help', ...rest] = args;
  if (['help', '--help', '-h'].includes(command) || rest.includes('--help') || rest.includes('-h')) {
    screen.line(help);
    return 0;
  }
  const options = flagsOf[command];
  if (!options) throw failure('no-such-command', `There is no command "${command}".`, `\n${help}`);
  const { values, positionals } = readFlags(command, rest, options);
  const text = (flag: string) => (typeof values[flag] === 'string' ? values[flag] : undefined);
  const paths = localPaths();
  switch (command) {
    case 'start': {
      const settings = readSettings(
        Object.fromEntries(portSettings.map(({ flag }) => [flag, text(flag)])),
        process.env,
      );
      const interrupts = listenForInterrupts(screen);
      if (values['detach'] && !onDetachedReady) {
        return startDetached(
          rest.filter((word) => word !== '--detach' && word !== '-d'),
          screen,
          interrupts.signal,
        );
      }
      return start({ settings, screen, ...interrupts, onReady: onDetachedReady ?? (() => {}) });
    }
    case 'stop':
      return stop(paths, screen);
    case 'status':
      return status(paths, screen);
    case 'logs':
      return logs(paths, { name: positionals[0], lines: lineCount(text('lines')), follow: values['follow'] === true });
    case 'reset':
      return reset(paths, screen);
    case 'add-administrator':
      return addAdministrator(paths, positionals);
    case 'deploy':
      return deploy(paths);
    case 'demo':
      return demo(paths, { url: text('url'), speed: text('speed'), only: text('only'), patients: text('patients') });
    case 'worker': {
      // Only this command needs Temporal's library, which takes its time to load.
      const { genericWorker } = await import('./generic.ts');
      const flags = {
        generic: values['generic'] === true,
        queue: text('queue'),
        types: text('types'),
        delay: text('delay'),
        result: text('result'),
        register: values['register'] === true,
        url: text('url'),
      };
      return genericWorker(flags, paths, screen, listenForInterrupts(screen).signal);
    }
    case 'lint':
      return lintFiles(positionals, { json: values['json'] === true, jobs: text('jobs') }, screen);
    case 'bundle':
      return bundleFile(positionals, text('note'), screen);
    default:
      if (positionals.length > 0) return testFolder(positionals, values['watch'] === true);
      return test(screen, listenForInterrupts(screen).signal);
  }
}

function readFlags(command: string, args: string[], options: Flags) {
  try {
    return parseArgs({
      args,
      options,
      allowPositionals: ['logs', 'lint', 'bundle', 'test', 'add-administrator'].includes(command),
    });
  } catch (error) {
    throw failure('bad-flag', messageOf(error), './careloop help lists the flags.');
  }
}

function lineCount(given: string | undefined): number {
  const count = Number(given ?? 50);
  if (!Number.isInteger(count) || count < 0)
    throw failure('bad-flag', `--lines is "${given}", which is not a number of lines.`);
  return count;
}

/** Ctrl-C, `stop` and a closed terminal ask for an orderly end; a second Ctrl-C for a quick one. */
function listenForInterrupts(screen: Screen) {
  const controller = new AbortController();
  let kill = () => {};
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) kill();
      else if (name === 'SIGINT') screen.line();
      controller.abort();
    });
  }
  return {
    signal: controller.signal,
    onImpatience(action: () => void) {
      kill = action;
    },
  };
}
