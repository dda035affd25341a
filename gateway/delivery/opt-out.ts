/** Recognises a reply that opts out of marketing. */

const words = new Set(['R', 'T', 'TD', 'N', '退订']);

/** Full-width forms, case, spaces and surrounding punctuation are ignored. */
export const isOptOut = (text: string): boolean =>
  words.has(
    text
      .normalize('NFKC')
      .replace(/[\s\p{P}\p{Cf}]/gu, '')
      .toUpperCase(),
  );
