/**
 * Compiles uploaded files in a worker thread, so that a slow file does not block the event loop. The thread takes one
 * file at a time, with a deadline and a memory limit. A file that exceeds either is rejected and the thread is
 * replaced.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Linted } from '../../engine/lint/index.ts';
import type { Problem } from '../../engine/model/plan.ts';
import { sha256 } from '../http/digest.ts';
import { unavailable } from '../http/problem.ts';
import type { DefinitionSource, LintContext } from '../resources/definitions/lint-definition.ts';
import { type CompileResult, type CompileTask, carryOut } from './compile-task.ts';

export interface DefinitionCompiler {
  /** Plans and problems; file content never makes it throw. */
  lint(definition: DefinitionSource, context: LintContext): Promise<Linted>;
  /** @returns the file with a generated diagram, or unchanged when none can be generated */
  draw(definition: DefinitionSource, context: LintContext): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Compiles on the calling thread, without limits: for command-line programs and trusted files. */
export const compileHere: DefinitionCompiler = compilerBy(carryOut, async () => {});

export interface CompilerLimits {
  /** Per file, measured from when the thread starts on it. */
  deadlineMs: number;
  memoryMb: number;
}

const limitsOfApi: CompilerLimits = { deadlineMs: 8000, memoryMb: 512 };

/** Maximum queue length. */
const maxWaiting = 20;

/** Reused results: one request needs the same file for the release check, the problems and the deployment. */
const maxRemembered = 4;

export function createCompiler(limits: CompilerLimits = limitsOfApi): DefinitionCompiler {
  const remembered = new Map<string, Promise<CompileResult | GivenUp>>();
  let thread: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let waiting = 0;

  async function inThread(task: CompileTask): Promise<CompileResult | GivenUp> {
    const worker = thread ?? (await startThread(limits.memoryMb));
    thread = worker;
    let answer: CompileResult | GivenUp | undefined;
    try {
      worker.postMessage(task);
      answer = await answerOf(worker, limits);
      return answer;
    } finally {
      // A thread that was given up may still be running.
      if (answer === undefined || 'givenUp' in answer) {
        thread = undefined;
        await worker.terminate();
      }
    }
  }

  async function inTurn(task: CompileTask): Promise<CompileResult | GivenUp> {
    if (waiting >= maxWaiting)
      throw unavailable(
        'compiler-busy',
        `${maxWaiting} files are already waiting to be compiled.`,
        'Send the same request again in a moment.',
      );
    waiting += 1;
    const result = queue
      .then(() => inThread(task))
      .finally(() => {
        waiting -= 1;
      });
    queue = result.catch(() => undefined);
    return result;
  }

  function compile(task: CompileTask): Promise<CompileResult | GivenUp> {
    const key = sha256(JSON.stringify(task));
    const known = remembered.get(key);
    if (known) return known;
    const [oldest] = remembered.keys();
    if (remembered.size >= maxRemembered && oldest !== undefined) remembered.delete(oldest);
    const result = inTurn(task);
    remembered.set(key, result);
    const forget = () => {
      if (remembered.get(key) === result) remembered.delete(key);
    };
    // A crashed thread is replaced at once; one that was terminated for its limits, with the next request.
    result.then((one) => {
      if ('givenUp' in one) setTimeout(forget, limits.deadlineMs).unref();
    }, forget);
    return result;
  }

  return compilerBy(compile, async () => {
    await thread?.terminate();
  });
}

function compilerBy(
  compile: (task: CompileTask) => Promise<CompileResult | GivenUp>,
  close: () => Promise<void>,
): DefinitionCompiler {
  return {
    async lint(definition, context) {
      const result = await compile({ kind: 'lint', definition, context });
      if ('linted' in result) return result.linted;
      const problems = 'givenUp' in result ? [result.givenUp] : [];
      return { plans: [], problems, schemas: {}, sends: [], throws: [], drawn: true };
    },
    async draw(definition, context) {
      const result = await compile({ kind: 'draw', definition, context });
      return 'xml' in result ? result.xml : undefined;
    },
    close,
  };
}

interface GivenUp {
  givenUp: Problem;
}

const divide = 'Divide it into processes that call each other, or remove elements that are not executed.';

const tooLong = (ms: number): GivenUp => ({
  givenUp: {
    severity: 'error',
    code: 'compiling-too-long',
    message: `The file could not be compiled within ${ms / 1000} seconds.`,
    hint: `${divide} If it was deployed before, send it again when the server is less busy.`,
  },
});

const tooMuch = (megabytes: number): GivenUp => ({
  givenUp: {
    severity: 'error',
    code: 'compiling-too-large',
    message: `The file could not be compiled within ${megabytes} MB of memory.`,
    hint: divide,
  },
});

async function startThread(memoryMb: number): Promise<Worker> {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: 32 };
  const worker = import.meta.filename.endsWith('.ts')
    ? new Worker(fromSources, {
        eval: true,
        workerData: {
          tsx: import.meta.resolve('tsx/esm/api'),
          program: new URL('./compile-thread.ts', import.meta.url).href,
        },
        resourceLimits,
      })
    : new Worker(new URL('./compile-thread.js', import.meta.url), { resourceLimits });
  worker.unref();
  // Other callers waiting for the same file get the same error.
  worker.on('error', () => undefined);
  await once(worker, 'message');
  return worker;
}

/** Run from sources, the thread needs the TypeScript loader. */
const fromSources = `
  const { workerData } = require('node:worker_threads');
  import(workerData.tsx).then(({ register }) => { register(); return import(workerData.program); });`;

/** Settles with the first event of the thread: message, error or exit. */
function answerOf(worker: Worker, { deadlineMs, memoryMb }: CompilerLimits): Promise<CompileResult | GivenUp> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      clearTimeout(timer);
      worker.off('message', answered).off('error', failed);
      act();
    };
    const answered = (result: CompileResult) => settle(() => resolve(result));
    const failed = (error: Error & { code?: string }) =>
      settle(() => (error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? resolve(tooMuch(memoryMb)) : reject(error)));
    const timer = setTimeout(() => settle(() => resolve(tooLong(deadlineMs))), deadlineMs);
    worker.on('message', answered).on('error', failed);
  });
}
