/** yauzl ships no types for what is used of it here. */
declare module 'yauzl' {
  import type { Readable } from 'node:stream';

  export interface Entry {
    fileName: string;
    isEncrypted(): boolean;
  }
  export interface ZipFile {
    entryCount: number;
    eachEntry(): AsyncIterable<Entry>;
    openReadStreamPromise(entry: Entry): Promise<Readable>;
  }
  const yauzl: {
    fromBufferPromise(bytes: Buffer, options: { autoClose: boolean; validateEntrySizes: boolean }): Promise<ZipFile>;
  };
  export default yauzl;
}
