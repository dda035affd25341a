/** A count: a number, or a text of digits. What `Number` makes of an empty list or of `true` is none. */
export function wholeNumberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 ? number : undefined;
}
