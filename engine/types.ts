/** The engine's data, all plain JSON: the state of an instance and its waits, the events that come in, the commands and journal that go out. */
export type * from './types/commands.ts';
export type * from './types/events.ts';
export type * from './types/explanation.ts';
export type * from './types/journal.ts';
export type * from './types/state.ts';
export type * from './types/step.ts';
export type * from './types/waits.ts';
