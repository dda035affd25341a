/** Decodes the bytes of a file to text, in any encoding that XML allows. */

/** A file that is refused before its elements are read. */
export class Unreadable extends Error {
  readonly hint: string;
  readonly code: string;
  constructor(message: string, hint: string, code = 'unparsable') {
    super(message);
    this.hint = hint;
    this.code = code;
  }
}

/**
 * Byte order mark first, then the XML declaration, else UTF-8 (XML 1.0, appendix F).
 * @throws Unreadable
 */
export function decode(file: string | Uint8Array): string {
  if (typeof file === 'string') return file.replace(/^\uFEFF/, '');
  const [a, b] = file;
  if (a === 0xff && b === 0xfe) return decoded(file, 'utf-16le');
  if (a === 0xfe && b === 0xff) return decoded(file, 'utf-16be');
  if (a === 0x3c && b === 0) return decoded(file, 'utf-16le');
  if (a === 0 && b === 0x3c) return decoded(file, 'utf-16be');
  const declaration = new TextDecoder('latin1').decode(file.subarray(0, 200));
  const declared = /<\?xml[^>]*encoding\s*=\s*["']([\w.:-]+)["']/.exec(declaration)?.[1] ?? 'utf-8';
  // A declaration that can be read byte by byte is not in UTF-16: some tools write it so into files of UTF-8.
  return decoded(file, /^(utf-?16|ucs-?2|unicode$)/i.test(declared) ? 'utf-8' : declared);
}

function decoded(file: Uint8Array, encoding: string): string {
  const hint = 'Save the file in UTF-8, and let its first line say so.';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Unreadable(`The file says it is written in "${encoding}", which cannot be read here.`, hint);
  }
  try {
    return decoder.decode(file);
  } catch {
    const said = encoding === 'utf-8' ? 'It has no other encoding declared than UTF-8' : `It says it is ${encoding}`;
    throw new Unreadable(`${said}, but holds bytes that are not.`, hint);
  }
}

/** The same file as it is kept and sent: as text, which leaves here in UTF-8 whatever it came in. */
export function asUtf8(file: string | Uint8Array): string {
  return decode(file).replace(/^(\s*<\?xml[^>]*?\sencoding\s*=\s*)(?:"[^"]*"|'[^']*')/, '$1"UTF-8"');
}
