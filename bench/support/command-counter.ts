/** Stands between a program and the database and counts its commands by collection and kind; passes everything on as it is. */
import { createServer, connect as dial } from 'node:net';
import mongoose from 'mongoose';

const { BSON } = mongoose.mongo;

export interface CommandCounter {
  /** Address of the database through it. */
  uri: string;
  /** Commands since the last call, by `<kind> <collection>`. */
  take(): Map<string, number>;
  close(): void;
}

const opMsg = 2013;
const headerBytes = 16;

/** The wire protocol: a header of four numbers (length first, kind of message last), flags, then a section of kind 0 with the command. */
function commandIn(message: Buffer): string | undefined {
  if (message.readInt32LE(12) !== opMsg) return undefined;
  const sectionAt = headerBytes + 4;
  if (message[sectionAt] !== 0) return undefined;
  const size = message.readInt32LE(sectionAt + 1);
  const command = BSON.deserialize(message.subarray(sectionAt + 1, sectionAt + 1 + size));
  const [kind = '', collection] = Object.entries(command)[0] ?? [];
  return typeof collection === 'string' ? `${kind} ${collection}` : kind;
}

/** @param uri with one host and port */
export async function countCommands(uri: string, port: number): Promise<CommandCounter> {
  const at = new URL(uri);
  let counts = new Map<string, number>();
  const server = createServer((client) => {
    const database = dial(Number(at.port), at.hostname);
    let rest = Buffer.alloc(0);
    client.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= headerBytes && rest.length >= rest.readInt32LE(0)) {
        const length = rest.readInt32LE(0);
        const name = commandIn(rest.subarray(0, length));
        if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
        rest = rest.subarray(length);
      }
    });
    client.setNoDelay();
    database.setNoDelay();
    client.pipe(database).pipe(client);
    client.on('error', () => database.destroy());
    database.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const through = new URL(uri);
  through.hostname = '127.0.0.1';
  through.port = String(port);
  return {
    uri: through.href,
    take() {
      const taken = counts;
      counts = new Map();
      return taken;
    },
    close: () => server.close(),
  };
}
