/** Run as a process of its own by `download.ts`: puts `mongod` of the version given into the folder given, and sends its path. */
import { MongoBinaryDownload } from 'mongodb-memory-server-core/lib/util/MongoBinaryDownload.js';

const [downloadDir, version] = process.argv.slice(2);
if (!downloadDir || !version) throw new Error('usage: download-mongod FOLDER VERSION');
process.send?.(await new MongoBinaryDownload({ downloadDir, version, checkMD5: true }).getMongodPath());
