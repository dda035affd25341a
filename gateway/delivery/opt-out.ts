/** Recognises a reply that opts out of marketing. */

import { optOutAnswers } from '../../engine/messages/opt-out-wording.ts';

/** Full-width forms, case, spaces and surrounding punctuation are ignored. */
export const isOptOut = (text: string): boolean =>
  optOutAnswers.includes(
    text
      .normalize('NFKC')
      .replace(/[\s\p{P}\p{Cf}]/gu, '')
      .toUpperCase(),
  );
