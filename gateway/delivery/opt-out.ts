/** Whether an answer means that somebody wants no more marketing. */

const words = new Set(['R', 'T', 'TD', 'N', '退订']);

/** Full-width letters, small ones, spaces and signs around it count as nothing. */
export const isOptOut = (text: string): boolean =>
  words.has(
    text
      .normalize('NFKC')
      .replace(/[\s\p{P}\p{Cf}]/gu, '')
      .toUpperCase(),
  );
