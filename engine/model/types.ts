/** The engine's data, all plain JSON: the state of an instance and its waits, the events that come in, the commands and journal that go out. */
export type * from './commands.ts';
export type * from './engine-events.ts';
export type * from './explanation.ts';
export type * from './incidents.ts';
export type * from './journal.ts';
export type * from './state.ts';
export type * from './step-result.ts';
export type * from './waits.ts';
