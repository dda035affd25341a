/** The workflow types of the worker; the bundle begins here. */
export { batch } from './batches/batch.ts';
export * from './processes/index.ts';
export { process } from './runtime/process-workflow.ts';
export { schedule } from './schedules/schedule-workflow.ts';
