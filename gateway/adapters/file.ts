/** The built-in gateway: one readable text file per message, in a folder per facility and day. */
import { createHash } from 'node:crypto';
import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeKey } from '../../engine/model/keys.ts';
import type { Gateway, Handed, Parcel } from '../port.ts';
import { outcomeOfError } from './outage.ts';

export function fileGateway(folder: string): Gateway {
  async function write(parcel: Parcel, deadline: AbortSignal): Promise<string> {
    const name = pathOf(parcel);
    const path = join(folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(`${path}.part`, letter(parcel), { encoding: 'utf8', signal: deadline });
    await rename(`${path}.part`, path);
    return name;
  }
  return {
    name: 'file',
    reachesPeople: false,
    tellsReceipts: false,
    batchSize: 8,
    send: (batch, deadline) =>
      batch.map((parcel) =>
        write(parcel, deadline).then(
          (providerId) => ({ kind: 'accepted', providerId }),
          // Overwrites an incomplete file under the same name, so that nothing is sent twice.
          (error: unknown) => outcomeOfError(error, 'unreached'),
        ),
      ),
    async query(handed) {
      const providerId = pathOf(handed);
      try {
        await access(join(folder, providerId));
        return { kind: 'accepted', providerId };
      } catch (error) {
        const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
        return missing ? { kind: 'missing' } : { kind: 'unknown', reason: String(error) };
      }
    },
  };
}

/** The name derives from the id, so resending writes the same file. */
const pathOf = ({ facility, createdAt, id }: Pick<Handed, 'facility' | 'createdAt' | 'id'>): string =>
  join(encodeKey(facility), createdAt.slice(0, 10), `${fileName(id)}.txt`);

function letter(parcel: Parcel): string {
  const lines = [
    `收件 ${parcel.to}`,
    `渠道 ${parcel.channel}`,
    `时间 ${localTime(parcel)}`,
    `主题 ${parcel.subject}`,
    '',
    parcel.body,
  ];
  const data = Object.entries(parcel.data ?? {}).map(([name, value]) => `${name}: ${String(value)}`);
  return `${[...lines, ...(data.length > 0 ? ['', ...data] : [])].join('\n')}\n`;
}

/** Wall-clock time: '2026-11-24 15:28:41' (`sv-SE` formats dates so). */
const localTime = ({ createdAt, zone }: Parcel): string =>
  new Date(createdAt).toLocaleString('sv-SE', { timeZone: zone });

/** File names are limited to 255 bytes. */
const maxNameBytes = 200;

/** Unique per id: a long one is truncated and followed by a digest, after a character that encoded ids do not contain. */
function fileName(id: string): string {
  const name = encodeKey(id);
  if (Buffer.byteLength(name) <= maxNameBytes) return name;
  const digest = createHash('sha256').update(id).digest('hex');
  return `${name.slice(0, 40)}.${digest}`;
}
