/** Which kinds of files are taken, told by what they hold and never by what they are called. */
import { fileTypeFromFile } from 'file-type';

interface FileKind {
  /** The first one is added to a name that has none of them. */
  endings: readonly [string, ...string[]];
  /** A browser shows it by itself without running anything of it. */
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

/** Other names of the same. */
const sameAs: Readonly<Record<string, string>> = {
  'audio/ogg; codecs=opus': 'audio/ogg',
  'audio/vnd.wave': 'audio/wav',
  'audio/x-flac': 'audio/flac',
};

/** @returns undefined for what nobody knows */
export async function typeOfFile(path: string): Promise<string | undefined> {
  const mime = (await fileTypeFromFile(path))?.mime;
  return mime === undefined ? undefined : (sameAs[mime] ?? mime);
}

export const isShownInline = (type: string): boolean => kinds[type]?.inline === true;

/** Endings as a file dialog takes them, of the types that are taken here. */
export const endingsOf = (types: readonly string[]): string[] =>
  [...new Set(types.flatMap((type) => kinds[type]?.endings ?? []))].map((ending) => `.${ending}`);

/** Controls, and marks that turn the direction of writing: they hide what a file is. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const mostLetters = 120;

/** As it is kept and given out: one name without folders, with an ending that fits what it holds. */
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
 * Whether a file is one of those that a form asks for (`accept` of a file dialog): `image/*`, `application/pdf`, `.docx`, with commas
 * between. Nothing: any.
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
