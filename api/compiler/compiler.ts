/** Compiles uploaded files in a thread of their own, with a deadline and a memory limit. */
import type { Linted } from '../../engine/lint/index.ts';
import type { Problem } from '../../engine/model/plan.ts';
import { sha256 } from '../http/digest.ts';
import { unavailable } from '../http/problem.ts';
import type { DefinitionSource, LintContext } from '../resources/definitions/lint-definition.ts';
import { createLimitedThread, maxWaiting, type ThreadLimits } from '../threads/limited-thread.ts';
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

const limitsOfApi: ThreadLimits = { deadlineMs: 8000, memoryMb: 512 };

/** Reused results: one request needs the same file for the release check, the problems and the deployment. */
const maxRemembered = 4;

export function createCompiler(limits: ThreadLimits = limitsOfApi): DefinitionCompiler {
  const remembered = new Map<string, Promise<CompileResult | GivenUp>>();
  const thread = createLimitedThread<CompileTask, CompileResult>(
    new URL('./compile-thread.ts', import.meta.url),
    limits,
    tooManyWaiting,
  );

  async function inTurn(task: CompileTask): Promise<CompileResult | GivenUp> {
    const outcome = await thread.run(task);
    if ('result' in outcome) return outcome.result;
    return outcome.exceeded === 'time' ? tooLong(limits.deadlineMs) : tooMuch(limits.memoryMb);
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

  return compilerBy(compile, () => thread.close());
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

const tooManyWaiting = (): Error =>
  unavailable(
    'compiler-busy',
    `${maxWaiting} files are already waiting to be compiled.`,
    'Send the same request again in a moment.',
  );
