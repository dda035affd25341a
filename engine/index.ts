/** The engine: pure functions over a plan and a state. What the other folders use of it. */

export { createInstance, refuse, step } from './core/step.ts';
export {
  type EventPosition,
  type Feature,
  features,
  supportedEvents,
  supportedKinds,
} from './elements/registry.ts';
export { isOverdue } from './explain/due-dates.ts';
export { explain } from './explain/explain.ts';
export { migrate } from './migrate/migrate.ts';
export type * from './migrate/types.ts';
export type * from './model/plan.ts';
export type * from './model/types.ts';
export { modify } from './modify/modify.ts';
export type * from './modify/types.ts';
export { act } from './tasks/act.ts';
