/** The workflow types of the worker; the bundle begins here. */
export { batch } from './batch.ts';
export { complaint } from './complaint.ts';
export { process } from './process.ts';
export { refund } from './refund.ts';
export { schedule } from './schedule.ts';
