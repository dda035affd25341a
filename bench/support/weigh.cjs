// Loaded into every thread of a worker process (`--require`): tells its own CPU time, or collects its garbage and tells its live heap
// or writes it down, when asked.
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { writeHeapSnapshot } = require('node:v8');
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads');

/** CPU time of this thread so far; Linux tells it in nanoseconds. */
const cpuMs = () => Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;

if (!isMainThread) {
  const channel = new BroadcastChannel('careloop-heap');
  channel.onmessage = ({ data }) => {
    if (data.ask === undefined) return;
    if (data.ask === 'cpu') {
      channel.postMessage({ threadId, cpuMs: cpuMs() });
      return;
    }
    globalThis.gc();
    globalThis.gc();
    if (data.ask === 'snapshot') writeHeapSnapshot(join(data.folder, `thread-${threadId}.heapsnapshot`));
    channel.postMessage({ threadId, heapBytes: process.memoryUsage().heapUsed });
  };
  channel.unref();
}
