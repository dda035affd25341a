/** The workflow types of the hand-written worker. */
export { complaint } from './complaint.ts';
export { empty } from './empty.ts';
export { small } from './small.ts';
