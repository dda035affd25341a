/**
 * Compiles uploaded files beside the event loop, so that a file that takes long holds up nobody but its sender: one thread, one file at a
 * time, each with a deadline and a limit of memory. What passes them is refused with a sentence, and the thread makes place for a new one.
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
  /** Its plans and problems; never throws for what the file holds. */
  lint(definition: DefinitionSource, context: LintContext): Promise<Linted>;
  /** @returns the file with a diagram, or as it is when none can be made */
  draw(definition: DefinitionSource, context: LintContext): Promise<string | undefined>;
  close(): Promise<void>;
}

/** For files of one's own, in programs that do nothing else meanwhile. */
export const compileHere: DefinitionCompiler = compilerBy(carryOut, async () => {});

export interface CompilerLimits {
  /** For one file, from when the thread has begun with it. */
  deadlineMs: number;
  memoryMb: number;
}

const limitsOfApi: CompilerLimits = { deadlineMs: 8000, memoryMb: 512 };

/** How many files may wait for the thread. */
const maxWaiting = 20;

/** A request looks at its file several times: whether it moves money, what is wrong with it, what becomes of it. */
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
      // One that was given up may still be at work.
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
        `${maxWaiting} files wait to be compiled already.`,
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
    // What failed by itself is tried anew at once; what was given up, in a later request.
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

const divide = 'Divide it into processes that call each other, or leave out what is not executed.';

const tooLong = (ms: number): GivenUp => ({
  givenUp: {
    severity: 'error',
    code: 'compiling-too-long',
    message: `It could not be compiled within ${ms / 1000} seconds.`,
    hint: `${divide} If it was deployed before, send it again when there is less to do.`,
  },
});

const tooMuch = (megabytes: number): GivenUp => ({
  givenUp: {
    severity: 'error',
    code: 'compiling-too-large',
    message: `It could not be compiled within ${megabytes} MB of memory.`,
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
  // Whoever waits for it hears of it as well.
  worker.on('error', () => undefined);
  await once(worker, 'message');
  return worker;
}

/** A thread has to be told how to read TypeScript. */
const fromSources = `
  const { workerData } = require('node:worker_threads');
  import(workerData.tsx).then(({ register }) => { register(); return import(workerData.program); });`;

/** Ends with the first thing that is heard of the task. */
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
