/** The built-in gateway: one text file per message that a person can read, in a folder per facility and day. */
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Gateway, OutgoingMessage } from './gateway.ts';

export function fileGateway(folder: string): Gateway {
  return {
    name: 'file',
    async send(message) {
      const place = join(folder, safe(message.facility), message.createdAt.slice(0, 10));
      await mkdir(place, { recursive: true });
      // The name comes from the id: sending again writes the same file.
      const path = join(place, `${safe(message.id)}.txt`);
      await writeFile(`${path}.part`, letter(message), 'utf8');
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

const safe = (text: string): string => text.replace(/[^\w.-]+/g, '_').replace(/^\.+/, '_');
