/** The engine: pure functions over a plan and a state. What the other folders use of it. */
export {
  type EventPosition,
  supportedEvents,
  supportedFeatures,
  supportedKinds,
} from './elements/index.ts';
export { explain, isOverdue } from './explain.ts';
export { migrate } from './migrate/migrate.ts';
export type * from './migrate/types.ts';
export { modify } from './modify/modify.ts';
export type * from './modify/types.ts';
export type * from './plan.ts';
export { createInstance, refuse, step } from './step.ts';
export { act } from './task/act.ts';
export type * from './types.ts';
