/**
 * What the engine takes as variables: JSON of a depth and size that everything can carry it with.
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
  const measured: Measured = { size: 0 };
  measure(root, 0, measured);
  return measured;
}

/** Stops at the depth limit, so it cannot overflow the stack. @returns whether to continue */
function measure(value: unknown, depth: number, so: Measured): boolean {
  switch (typeof value) {
    case 'string':
      so.size += value.length;
      break;
    case 'number':
      if (!Number.isFinite(value)) return exceeds(so, { reason: 'type' });
      break;
    case 'boolean':
      break;
    case 'object':
      if (value !== null && !measureInside(value, depth + 1, so)) return false;
      break;
    default:
      return exceeds(so, { reason: 'type' });
  }
  return so.size <= maxSize || exceeds(so, { reason: 'size', limit: maxSize });
}

function measureInside(value: object, depth: number, so: Measured): boolean {
  if (depth > maxDepth) return exceeds(so, { reason: 'depth', limit: maxDepth });
  if (Array.isArray(value)) {
    so.size += perValue * value.length;
    if (so.size > maxSize) return exceeds(so, { reason: 'size', limit: maxSize });
    for (let i = 0; i < value.length; i++) if (!measure(value[i], depth, so)) return false;
    return true;
  }
  if (!isPlain(value)) return exceeds(so, { reason: 'type' });
  for (const name in value) {
    so.size += perValue + name.length;
    if (!measure((value as Record<string, unknown>)[name], depth, so)) return false;
  }
  return true;
}

function exceeds(so: Measured, excess: JsonExcess): false {
  so.excess = excess;
  return false;
}

/** Of another realm too: a workflow's payloads are read outside its sandbox. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Variables as they come from outside: an object of names and values. Doors ask this before they hand them on. */
export function excessOfVariables(variables: unknown): JsonExcess | undefined {
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return { reason: 'type' };
  return measureJson(variables).excess;
}
