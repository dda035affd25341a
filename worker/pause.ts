/** A sleep that ends when the program stops. */
export interface Pauses {
  pause(ms: number): Promise<void>;
}

export function pausesUntil(stop: AbortSignal): Pauses {
  return {
    pause: (ms) =>
      new Promise((resolve) => {
        if (stop.aborted) return resolve();
        const done = () => {
          clearTimeout(timer);
          stop.removeEventListener('abort', done);
          resolve();
        };
        const timer = setTimeout(done, ms);
        stop.addEventListener('abort', done);
      }),
  };
}

/** Exponential back-off, up to half a minute. */
export const backoffMs = (failures: number): number => Math.min(30_000, 500 * 2 ** Math.min(failures, 6));
