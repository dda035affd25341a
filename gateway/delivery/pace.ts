/** So many letters a second and no more, as gateways ask for: a bucket that fills with time. */
export interface Pace {
  /** How many may go now. */
  available(): number;
  take(count: number): void;
}

/** @param now milliseconds of a clock that does not jump */
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
