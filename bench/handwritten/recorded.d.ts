/** Written by support/recorded.ts before the worker bundles its workflows; where it is, support/worker.ts tells the bundler. */
declare module 'careloop-bench/recorded' {
  export const recorded: import('./bare.ts').Recorded;
}
