/** Members whose names come from outside. Assigning `__proto__` would change the prototype instead. */

export function setOwn<T>(target: { [name: string]: T }, name: string, value: T): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  else target[name] = value;
}
