/** Worker thread that reads import files one at a time. A task that exceeds its limits ends the thread (limited-thread.ts). */
import { parentPort } from 'node:worker_threads';
import { carryOut, type ImportTask } from './import-task.ts';

parentPort?.on('message', async (task: ImportTask) => {
  parentPort?.postMessage(await carryOut(task));
});
parentPort?.postMessage('ready');
