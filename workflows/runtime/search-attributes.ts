/**
 * The typed search attributes every process has, so that operations people can filter in the Temporal UI (docs/architecture.md#step).
 * The server set-up registers them, the runtime writes them. SQL visibility allows 10 keywords and 3 of each other type, keyword lists included.
 * Never personal data: search attributes are not encrypted.
 */
export const searchAttributeTypes = {
  ProcessKey: 'Keyword',
  BusinessKey: 'Keyword',
  Facility: 'Keyword',
  Stage: 'Keyword',
  /** Each role, person, called process or kind of event that an open wait waits for: parallel waits are all found. */
  WaitingFor: 'KeywordList',
  /** The stable codes of the open incidents; absent when there is none. */
  Incident: 'KeywordList',
  DueAt: 'Datetime',
  Overdue: 'Bool',
} as const;

/** PostgreSQL stores 255 characters of a keyword and refuses the whole write beyond. */
const maxKeywordLength = 255;
/** The server accepts 2 KB per value, including the quotes, commas and brackets of the list. */
const maxListBytes = 1900;
const maxListEntries = 20;
const more = '…';

const utf8 = new TextEncoder();

/** @returns the text, truncated with an ellipsis if its UTF-8 encoding is longer */
export function clipText(text: string, maxBytes: number): string {
  if (text.length * 3 <= maxBytes || utf8.encode(text).length <= maxBytes) return text;
  let kept = '';
  let bytes = utf8.encode(more).length;
  for (const letter of text) {
    bytes += utf8.encode(letter).length;
    if (bytes > maxBytes) break;
    kept += letter;
  }
  return kept + more;
}

/** A keyword that every visibility store takes. */
export const keyword = (text: string): string => clipText(text, maxKeywordLength);

/** @returns distinct entries in order, truncated with an ellipsis; null when empty */
export function keywordList(entries: Iterable<string>): string[] | null {
  const kept: string[] = [];
  let bytes = 0;
  for (const entry of new Set([...entries].map(keyword))) {
    bytes += utf8.encode(JSON.stringify(entry)).length + 1;
    if (kept.length === maxListEntries || bytes > maxListBytes) return [...kept, more];
    kept.push(entry);
  }
  return kept.length > 0 ? kept : null;
}
