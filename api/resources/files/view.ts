/** View of a file's metadata. */
import type { FileRow } from '../../../store/files/files.ts';
import { isShownInline } from '../../files/file-types.ts';

export function fileView(row: FileRow) {
  const { _id: id, sha256, waiting: _waits, beginning, ...metadata } = row;
  const instance = metadata.instance ?? beginning?.instance;
  return {
    id,
    ...metadata,
    // Of somebody else's photo the name may tell whose it is.
    ...(metadata.withdrawn && { name: '' }),
    ...(instance !== undefined && { instance }),
    inline: isShownInline(row.type),
    gone: sha256 === undefined,
  };
}
