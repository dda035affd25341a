/** The workflow types of the worker; the bundle begins here. */
export { batch } from './batches/batch.ts';
export { complaint } from './processes/complaint/workflow.ts';
export { refund } from './processes/refund/workflow.ts';
export { process } from './runtime/process-workflow.ts';
export { schedule } from './schedules/schedule-workflow.ts';
