/** What the commands write: lines, and long steps that say what they do and how long it has taken, redrawn in place on a terminal. */
import { stripVTControlCharacters } from 'node:util';
import pc from 'picocolors';

export interface Step {
  /** How far it is, shown behind the step's name. */
  update(progress: string): void;
  done(result?: string): void;
  failed(): void;
}

export interface Screen {
  line(text?: string): void;
  step(name: string): Step;
}

/** Where a screen writes to. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

interface RunningStep {
  name: string;
  progress: string;
  since: number;
  saidAt: number;
}

const REDRAW_MS = 250;
/** Where nothing can be redrawn (a log, CI), a running step says how far it is this often. */
const REPEAT_MS = 30_000;

/** `4 s`, `2 min 05 s`. */
export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${milliseconds < 10_000 ? (milliseconds / 1000).toFixed(1) : seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

export function createScreen(output: Output, clock: () => number = Date.now): Screen {
  const running: RunningStep[] = [];
  let drawn = 0;
  let timer: NodeJS.Timeout | undefined;
  const text = (step: RunningStep) =>
    [`… ${step.name}`, step.progress, elapsed(clock() - step.since)].filter(Boolean).join(pc.dim(' · '));
  const erase = () => {
    if (drawn > 0) output.write(`\x1b[${drawn}A\x1b[0J`);
    drawn = 0;
  };
  const draw = () => {
    if (!output.isTTY) return;
    for (const step of running) output.write(`${cut(text(step), output.columns || 100)}\n`);
    drawn = running.length;
  };
  const line = (words = '') => {
    erase();
    output.write(`${words}\n`);
    draw();
  };
  const tick = () => {
    if (output.isTTY) {
      erase();
      draw();
      return;
    }
    for (const step of running) {
      if (clock() - step.saidAt < REPEAT_MS) continue;
      step.saidAt = clock();
      output.write(`${text(step)}\n`);
    }
  };
  const end = (step: RunningStep, words: string) => {
    running.splice(running.indexOf(step), 1);
    if (running.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    line(words);
  };
  return {
    line,
    step(name) {
      const step: RunningStep = { name, progress: '', since: clock(), saidAt: clock() };
      erase();
      running.push(step);
      if (output.isTTY) draw();
      timer ??= setInterval(tick, REDRAW_MS).unref();
      return {
        update(progress) {
          step.progress = progress;
        },
        done(result) {
          const words = [`${pc.green('✓')} ${name}`, result, elapsed(clock() - step.since)];
          end(step, words.filter(Boolean).join(pc.dim(' · ')));
        },
        failed() {
          end(step, `${pc.red('✗')} ${name}${pc.dim(' · ')}${elapsed(clock() - step.since)}`);
        },
      };
    },
  };
}

/** Cuts a line to the terminal's width: a wrapped line could not be erased. Chinese characters take two columns. */
function cut(text: string, columns: number): string {
  const plain = stripVTControlCharacters(text);
  let width = 0;
  let out = '';
  for (const character of plain) {
    width += /[⺀-￯]/u.test(character) ? 2 : 1;
    if (width >= columns) return out;
    out += character;
  }
  return text;
}

/** Runs one step on the screen; its result may say something of itself. */
export async function during<T>(
  screen: Screen,
  name: string,
  work: (step: Step) => Promise<T>,
  result?: (value: T) => string,
): Promise<T> {
  const step = screen.step(name);
  try {
    const value = await work(step);
    step.done(result?.(value));
    return value;
  } catch (error) {
    step.failed();
    throw error;
  }
}
