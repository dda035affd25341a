// For `node --require`, which every thread inherits: a worker without the stack traces that Temporal's SDK takes of each promise of a
// workflow. They answer the query `__stack_trace` ("Call Stack" in Temporal's UI) and nothing else; what an instance waits for is told
// by its details and by `explain`. Where Node has no hooks for promises the SDK does without them and says so to whoever asks, so all
// that is done here is to refuse it those. Measured in bench/README.md.
const { promiseHooks } = require('node:v8');
const { isMainThread } = require('node:worker_threads');

if (!isMainThread && process.env.CARELOOP_STACK_TRACES !== '1') {
  const { createHook } = promiseHooks;
  promiseHooks.createHook = (hooks) => {
    // Node's own hooks for AsyncLocalStorage come this way, too; the SDK's are these two and no others.
    const theSdks = Object.keys(hooks).sort().join() === 'init,settled';
    if (!theSdks) return createHook(hooks);
    promiseHooks.createHook = createHook;
    throw new Error('This worker takes no stack traces of promises.');
  };
}
