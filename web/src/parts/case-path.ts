/** An instance id holds a slash, which stays one in the address. */
const inAddress = (instance: string): string => instance.split('/').map(encodeURIComponent).join('/');

export const casePath = (instance: string, task?: string): string =>
  `/cases/${inAddress(instance)}${task === undefined ? '' : `?task=${encodeURIComponent(task)}`}`;

export const replayPath = (instance: string): string => `/ops/replay/${inAddress(instance)}`;

/** The list of what an instance led to, directly or not. */
export const lineagePath = (root: string): string => `/instances?root=${encodeURIComponent(root)}`;

/** State of a navigation to an instance that was begun just now, which may not be listed yet. */
export const justStarted = { justStarted: true };
export const wasJustStarted = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && Object.hasOwn(state, 'justStarted');
