/** Worker thread that compiles uploaded files one at a time. A task that exceeds its limits ends the thread (limited-thread.ts). */
import { parentPort } from 'node:worker_threads';
import { type CompileTask, carryOut } from './compile-task.ts';

parentPort?.on('message', async (task: CompileTask) => {
  parentPort?.postMessage(await carryOut(task));
});
parentPort?.postMessage('ready');
