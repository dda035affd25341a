/** Reads import files in a thread of their own, with a deadline and a memory limit. */
import { unavailable } from '../../http/problem.ts';
import { createLimitedThread, maxWaiting, type ThreadLimits } from '../../threads/limited-thread.ts';
import type { ImportResult, ImportTask } from './import-task.ts';

export interface ImportReader {
  /** File content never makes it throw. */
  read(task: ImportTask): Promise<ImportResult>;
  close(): Promise<void>;
}

/** The largest import takes a tenth of either. */
const limitsOfApi: ThreadLimits = { deadlineMs: 10_000, memoryMb: 512 };

export function createImportReader(limits: ThreadLimits = limitsOfApi): ImportReader {
  const thread = createLimitedThread<ImportTask, ImportResult>(
    new URL('./import-thread.ts', import.meta.url),
    limits,
    tooManyWaiting,
  );
  return {
    async read(task) {
      const outcome = await thread.run(task);
      if ('result' in outcome) return outcome.result;
      return { rows: [], errors: [outcome.exceeded === 'time' ? tooLong(limits) : tooLarge(limits)], errorCount: 1 };
    },
    close: () => thread.close(),
  };
}

const tooLong = ({ deadlineMs }: ThreadLimits) => ({
  line: 1,
  zh: `文件未能在 ${deadlineMs / 1000} 秒内读完。请只保留要导入的工作表，或分批导入。`,
  en: `The file could not be read within ${deadlineMs / 1000} seconds: keep only the sheet to import, or split it.`,
});

const tooLarge = ({ memoryMb }: ThreadLimits) => ({
  line: 1,
  zh: `读取文件所需的内存超过 ${memoryMb} MB。请只保留要导入的工作表，或分批导入。`,
  en: `Reading the file takes more than ${memoryMb} MB of memory: keep only the sheet to import, or split it.`,
});

const tooManyWaiting = (): Error =>
  unavailable(
    'import-busy',
    `${maxWaiting} files are already waiting to be read.`,
    'Send the same request again in a moment.',
  );
