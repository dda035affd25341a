/** An instance id holds a slash, which stays one in the address. */
const inAddress = (instance: string): string => instance.split('/').map(encodeURIComponent).join('/');

export const casePath = (instance: string, task?: string): string =>
  `/cases/${inAddress(instance)}${task === undefined ? '' : `?task=${encodeURIComponent(task)}`}`;

export const replayPath = (instance: string): string => `/ops/replay/${inAddress(instance)}`;
