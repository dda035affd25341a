/** An instance id holds a slash, which stays one in the address. */
export const casePath = (instance: string, task?: string): string =>
  `/cases/${instance.split('/').map(encodeURIComponent).join('/')}${task === undefined ? '' : `?task=${encodeURIComponent(task)}`}`;
