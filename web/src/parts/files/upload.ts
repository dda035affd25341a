/** One upload: XMLHttpRequest, because fetch reports no upload progress. */
import type { components } from '../../../generated/api.d.ts';
import { isProblem, Refused } from '../../api/client.ts';

export type FileInfo = components['schemas']['File'];

/** What a file is for. */
export type UploadPlace = { task: string } | { process: string; facility: string } | { instance: string };

export interface UploadOptions {
  /** The same one when it is repeated. */
  key: string;
  signal: AbortSignal;
  /** @param part 0 to 1 */
  onProgress(part: number): void;
}

/** @throws Refused; status 0 where the connection was lost */
export function upload(file: File, place: UploadPlace, { key, signal, onProgress }: UploadOptions): Promise<FileInfo> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/files?${new URLSearchParams(place)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('File-Name', encodeURIComponent(file.name));
    request.setRequestHeader('Idempotency-Key', key);
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const body: unknown = request.response;
      if (request.status === 201) resolve(body as FileInfo);
      else reject(new Refused(request.status, isProblem(body) ? body : undefined));
    };
    request.onerror = () => reject(new Refused(0, undefined));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}

export const contentPath = (id: string, download = false): string =>
  `/api/files/${encodeURIComponent(id)}/content${download ? '?download=true' : ''}`;
