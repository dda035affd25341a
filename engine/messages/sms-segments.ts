/** How many messages an SMS counts as: 70 characters in one, of a longer one 67 in each. */

const inOne = 70;
const inEach = 67;

/** @param text with signature and all. Carriers count UTF-16 units: an emoji is two. */
export function smsSegments(text: string): number {
  const { length } = text;
  return length <= inOne ? 1 : Math.ceil(length / inEach);
}
