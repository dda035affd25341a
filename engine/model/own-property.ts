/** Members whose names come from outside. Assigning `__proto__` would change the prototype instead. */

export function setOwn<T>(target: { [name: string]: T }, name: string, value: T): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}

/** @returns undefined where the name is no member of its own, as `constructor` is of none */
export const ownValue = <T>(values: { readonly [name: string]: T } | undefined, name: string): T | undefined =>
  values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
