/** `npm run bench -- activations|chain|complaint|console|engine|feel|heap|inbox|items|letters|scroll|small [options]`: runs one benchmark. What they measure: bench/README.md. */
const benchmarks: Record<string, () => Promise<unknown>> = {
  activations: () => import('./activations.ts'),
  chain: () => import('./chain.ts'),
  complaint: () => import('./complaint-vs-handwritten.ts'),
  console: () => import('./console.ts'),
  engine: () => import('./engine.ts'),
  feel: () => import('./feel.ts'),
  heap: () => import('./heap.ts'),
  inbox: () => import('./inbox.ts'),
  items: () => import('./items.ts'),
  letters: () => import('./letters.ts'),
  scroll: () => import('./scroll.ts'),
  small: () => import('./small.ts'),
};

// Dates without a zone are read in UTC, as the worker does.
process.env['TZ'] = 'UTC';
const [name = ''] = process.argv.slice(2);
const run = benchmarks[name];
if (!run) {
  console.error(`Which benchmark? npm run bench -- ${Object.keys(benchmarks).join('|')}`);
  process.exit(1);
}
await run();
