/** Token bucket that limits the rate of letters per second. */
export interface Pace {
  /** Number of letters that may be sent now. */
  available(): number;
  take(count: number): void;
}

/** @param now milliseconds of a monotonic clock */
export function createPace(perSecond: number, now: () => number = () => performance.now()): Pace {
  let tokens = perSecond;
  let filledAt = now();
  const fill = (): void => {
    const at = now();
    tokens = Math.min(perSecond, tokens + ((at - filledAt) / 1000) * perSecond);
    filledAt = at;
  };
  return {
    available() {
      fill();
      return Math.floor(tokens);
    },
    take(count) {
      fill();
      tokens -= count;
    },
  };
}
