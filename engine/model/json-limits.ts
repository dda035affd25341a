/**
 * What the engine takes as variables: JSON of a depth and size that everything can carry it with. Nothing here recurses, so that what is
 * nested without end is told of and does not overflow the stack.
 */

/** MongoDB keeps documents of 100 levels; messages are kept there with what goes around their variables. */
const maxDepth = 90;

/** Letters of texts and names, and eight for each value: twice what Temporal takes in one payload. */
const maxSize = 4_000_000;

export type JsonExcess = { reason: 'depth'; limit: number } | { reason: 'size'; limit: number } | { reason: 'type' };

const perValue = 8;

interface Measured {
  size: number;
  excess?: JsonExcess;
}

/** @returns its size, and what is wrong with it where it cannot be taken */
export function measureJson(root: unknown): Measured {
  if (typeof root !== 'object' || root === null) return measureScalar(root);
  let size = 0;
  let level: object[] = [root];
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > maxDepth) return { size, excess: { reason: 'depth', limit: maxDepth } };
    const next: object[] = [];
    for (const one of level) {
      const isList = Array.isArray(one);
      if (!isList && !isPlain(one)) return { size, excess: { reason: 'type' } };
      for (const name of Object.keys(one)) {
        const value: unknown = (one as Record<string, unknown>)[name];
        size += isList ? perValue : perValue + name.length;
        if (typeof value === 'object' && value !== null) next.push(value);
        else {
          const scalar = measureScalar(value);
          if (scalar.excess) return { size, excess: scalar.excess };
          size += scalar.size;
        }
        if (size > maxSize) return { size, excess: { reason: 'size', limit: maxSize } };
      }
    }
    level = next;
  }
  return { size };
}

function measureScalar(value: unknown): Measured {
  if (typeof value === 'string')
    return value.length > maxSize
      ? { size: value.length, excess: { reason: 'size', limit: maxSize } }
      : { size: value.length };
  if (value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)))
    return { size: 0 };
  return { size: 0, excess: { reason: 'type' } };
}

/** Of another realm too: a workflow's payloads are read outside its sandbox. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Variables as they come from outside: an object of names and values. Doors ask this before they hand them on. */
export function excessOfVariables(variables: unknown): JsonExcess | undefined {
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return { reason: 'type' };
  return measureJson(variables).excess;
}
