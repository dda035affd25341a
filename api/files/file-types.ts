/** Accepted file types, detected from content and never from the file name. */
import { fileTypeFromFile } from 'file-type';

interface FileKind {
  /** The first one is appended to a name without any of them. */
  endings: readonly [string, ...string[]];
  /** Browsers render it inline without running active content. */
  inline?: true;
}

const office = 'application/vnd.openxmlformats-officedocument';

export const fileKinds = {
  'image/jpeg': { endings: ['jpg', 'jpeg'], inline: true },
  'image/png': { endings: ['png'], inline: true },
  'image/webp': { endings: ['webp'], inline: true },
  'image/gif': { endings: ['gif'], inline: true },
  'image/heic': { endings: ['heic', 'heif'] },
  'image/heif': { endings: ['heif', 'heic'] },
  'audio/mpeg': { endings: ['mp3'] },
  'audio/x-m4a': { endings: ['m4a'] },
  'audio/mp4': { endings: ['m4a', 'mp4'] },
  'audio/aac': { endings: ['aac'] },
  'audio/wav': { endings: ['wav'] },
  'audio/ogg': { endings: ['ogg', 'oga', 'opus'] },
  'audio/amr': { endings: ['amr'] },
  'audio/flac': { endings: ['flac'] },
  'application/pdf': { endings: ['pdf'], inline: true },
  [`${office}.wordprocessingml.document`]: { endings: ['docx'] },
  [`${office}.spreadsheetml.sheet`]: { endings: ['xlsx'] },
  [`${office}.presentationml.presentation`]: { endings: ['pptx'] },
  'application/vnd.oasis.opendocument.text': { endings: ['odt'] },
  'application/vnd.oasis.opendocument.spreadsheet': { endings: ['ods'] },
  'application/vnd.oasis.opendocument.presentation': { endings: ['odp'] },
} as const satisfies Readonly<Record<string, FileKind>>;

const kinds: Readonly<Record<string, FileKind | undefined>> = fileKinds;

/** Aliases of the media type. */
const sameAs: Readonly<Record<string, string>> = {
  'audio/ogg; codecs=opus': 'audio/ogg',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
};

/** @returns undefined for an unknown type */
export async function typeOfFile(path: string): Promise<string | undefined> {
  const mime = (await fileTypeFromFile(path))?.mime;
  return mime === undefined ? undefined : (sameAs[mime] ?? mime);
}

export const isShownInline = (type: string): boolean => kinds[type]?.inline === true;

/** File name extensions of the accepted types, as the `accept` attribute of a file dialog takes them. */
export const endingsOf = (types: readonly string[]): string[] =>
  [...new Set(types.flatMap((type) => kinds[type]?.endings ?? []))].map((ending) => `.${ending}`);

/** Control and bidirectional formatting characters; the latter can disguise an extension. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const mostLetters = 120;

/** Sanitised file name: no folders, and an extension that matches the content. */
export function fileName(given: string, type: string): string {
  const clean = given
    .normalize('NFC')
    .replace(unseen, '')
    .replace(/[\\/:*?"<>|]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const endings: readonly string[] = kinds[type]?.endings ?? [];
  const dot = clean.lastIndexOf('.');
  const ending = dot < 0 ? '' : clean.slice(dot + 1).toLowerCase();
  const fits = endings.includes(ending);
  const stem = [...(fits ? clean.slice(0, dot) : clean)].slice(0, mostLetters).join('') || 'file';
  return `${stem}.${fits ? ending : (endings[0] ?? 'bin')}`;
}

/**
 * Whether a file matches the `accept` list of a form field: `image/*`, `application/pdf`, `.docx`, comma-separated. An
 * empty list accepts any file.
 */
export function isAccepted(accept: string | undefined, type: string): boolean {
  const wanted = (accept ?? '').split(',').flatMap((one) => one.trim().toLowerCase() || []);
  if (wanted.length === 0) return true;
  return wanted.some((one) =>
    one.startsWith('.')
      ? kinds[type]?.endings.includes(one.slice(1)) === true
      : one.endsWith('/*')
        ? type.startsWith(one.slice(0, -1))
        : one === type,
  );
}
