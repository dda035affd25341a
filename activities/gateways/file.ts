/** The built-in gateway: one text file per message that a person can read, in a folder per facility and day. */
import { createHash } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeKey } from '../../engine/model/keys.ts';
import type { Gateway, OutgoingMessage } from './gateway.ts';

export function fileGateway(folder: string): Gateway {
  return {
    name: 'file',
    async send(message, deadline) {
      const place = join(folder, encodeKey(message.facility), message.createdAt.slice(0, 10));
      await mkdir(place, { recursive: true });
      // The name comes from the id: sending again writes the same file.
      const path = join(place, `${fileName(message.id)}.txt`);
      await writeFile(`${path}.part`, letter(message), { encoding: 'utf8', signal: deadline });
      await rename(`${path}.part`, path);
      return { receipt: path.slice(folder.length + 1) };
    },
  };
}

function letter(message: OutgoingMessage): string {
  const lines = [
    `收件 ${message.to}`,
    `渠道 ${message.channel}`,
    `时间 ${localTime(message)}`,
    `主题 ${message.subject}`,
    '',
    message.body,
  ];
  const data = Object.entries(message.data ?? {}).map(([name, value]) => `${name}: ${String(value)}`);
  return `${[...lines, ...(data.length > 0 ? ['', ...data] : [])].join('\n')}\n`;
}

/** As the clock on the wall shows it: '2026-11-24 15:28:41' (`sv-SE` writes dates so). */
const localTime = ({ createdAt, zone }: OutgoingMessage): string =>
  new Date(createdAt).toLocaleString('sv-SE', { timeZone: zone });

/** File systems take names of 255 bytes. */
const maxNameBytes = 200;

/** No two ids have the same: a long one keeps its beginning, and has a digest after a sign that no encoded text holds. */
function fileName(id: string): string {
  const name = encodeKey(id);
  if (Buffer.byteLength(name) <= maxNameBytes) return name;
  const digest = createHash('sha256').update(id).digest('hex');
  return `${name.slice(0, 40)}.${digest}`;
}
