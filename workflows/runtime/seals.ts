/** The nonces of the signals an instance has accepted: a copy taken from the history is not accepted again. */

/** Newest ones are enough: an act that is copied much later meets another state. */
const maxSeals = 500;

export interface Seals {
  /** @returns false when it is known already */
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
