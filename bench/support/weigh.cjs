// Loaded into every thread of a worker process (`--require`): collects its garbage and tells its live heap when asked.
const { BroadcastChannel, isMainThread, threadId } = require('node:worker_threads');

if (!isMainThread) {
  const channel = new BroadcastChannel('careloop-heap');
  channel.onmessage = ({ data }) => {
    if (data !== 'weigh') return;
    globalThis.gc();
    globalThis.gc();
    channel.postMessage({ threadId, heapBytes: process.memoryUsage().heapUsed });
  };
  channel.unref();
}
