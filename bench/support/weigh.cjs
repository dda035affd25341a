// Loaded into every thread of a worker process (`--require`): collects its garbage and tells its live heap, or writes it down, when asked.
const { join } = require('node:path');
const { writeHeapSnapshot } = require('node:v8');
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads');

if (!isMainThread) {
  const channel = new BroadcastChannel('careloop-heap');
  channel.onmessage = ({ data }) => {
    if (data.ask === undefined) return;
    globalThis.gc();
    globalThis.gc();
    if (data.ask === 'snapshot') writeHeapSnapshot(join(data.folder, `thread-${threadId}.heapsnapshot`));
    channel.postMessage({ threadId, heapBytes: process.memoryUsage().heapUsed });
  };
  channel.unref();
}
