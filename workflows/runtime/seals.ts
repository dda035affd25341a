/** The nonces of the signals and updates an instance has accepted: a copy taken from the history is not accepted again. */

/** Only the newest are kept: an act copied much later no longer fits the state. */
const maxSeals = 500;

export interface Seals {
  /** @returns false for a known nonce */
  add(seal: string): boolean;
  list(): string[];
}

export function createSeals(known: readonly string[] = []): Seals {
  const seals = new Set(known);
  return {
    add(seal) {
      if (seals.has(seal)) return false;
      seals.add(seal);
      if (seals.size > maxSeals) seals.delete(seals.values().next().value as string);
      return true;
    },
    list: () => [...seals],
  };
}
