/**
 * Texts as parts of ids. Ids are put together with `/`, `.`, `#`, `@` and spaces, and are used as workflow ids, row ids, parts of addresses
 * and names of files; what people and other systems call their cases may hold any letter. One alphabet serves all of them: letters A to Z,
 * digits, `_`, `-` and Chinese characters stand for themselves, every other byte of UTF-8 is `~` with two hexadecimal digits. Two texts
 * never have the same part, and the text can be read from it again.
 *
 * The alphabet is a fixed list and not a class such as `\p{L}`, which grows with Unicode: the same text has the same id on every version of
 * Node. Characters that Unicode normalisation changes are not in it, so no file system makes two ids one.
 */
const standsForItself = /^[\w\-\u3400-\u4dbf\u4e00-\u9fff]$/;

const escaped = (byte: number): string => `~${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** A text as a part of an id: without separators, and different for every text. */
export function encodeKey(text: string): string {
  let part = '';
  for (const letter of text) part += standsForItself.test(letter) ? letter : utf8(letter).map(escaped).join('');
  return part;
}

/** @returns the text of which `encodeKey` made the part; undefined when it made it of none */
export function decodeKey(part: string): string | undefined {
  let text = '';
  for (let at = 0; at < part.length; ) {
    const letter = part.charAt(at);
    if (letter !== '~') {
      text += letter;
      at += 1;
      continue;
    }
    const first = byteAt(part, at);
    if (first === undefined) return undefined;
    const length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    let code = length === 1 ? first : first & (0x7f >> length);
    for (let n = 1; n < length; n += 1) {
      const next = byteAt(part, at + 3 * n);
      if (next === undefined) return undefined;
      code = code * 64 + (next & 0x3f);
    }
    if (code > 0x10ffff) return undefined;
    text += String.fromCodePoint(code);
    at += 3 * length;
  }
  return encodeKey(text) === part ? text : undefined;
}

function byteAt(part: string, at: number): number | undefined {
  const digits = /^~([0-9A-F]{2})$/.exec(part.slice(at, at + 3))?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** Not by `TextEncoder`: it makes the same of all halves of surrogate pairs, and there is none in some runtimes. */
function utf8(letter: string): number[] {
  const code = letter.codePointAt(0) ?? 0;
  const tail = (shift: number): number => 0x80 | ((code >> shift) & 0x3f);
  if (code < 0x80) return [code];
  if (code < 0x800) return [0xc0 | (code >> 6), tail(0)];
  if (code < 0x10000) return [0xe0 | (code >> 12), tail(6), tail(0)];
  return [0xf0 | (code >> 18), tail(12), tail(6), tail(0)];
}

/** The id of an instance and of its workflow. Keys of processes are XML names: no slash is in them. */
export const instanceId = (process: string, businessKey: string): string => `${process}/${encodeKey(businessKey)}`;

/** @returns undefined when it is no id of an instance */
export function businessKeyIn(id: string): string | undefined {
  const slash = id.indexOf('/');
  return slash < 0 ? undefined : decodeKey(id.slice(slash + 1));
}

/** Temporal keeps 255 characters of a workflow id in its SQL stores, and refuses the write of a longer one. */
const maxIdLength = 255;

/** UTF-8 bytes count: what a store may count as well. */
const lengthOf = (id: string): number => [...id].reduce((bytes, letter) => bytes + utf8(letter).length, 0);

/** @returns how long the part of an id may be that business keys of this process become, when this one is longer; undefined when it fits */
export function longestKeyIfExceeded(process: string, businessKey: string): number | undefined {
  const longest = maxIdLength - lengthOf(process) - 1;
  return lengthOf(encodeKey(businessKey)) > longest ? longest : undefined;
}
