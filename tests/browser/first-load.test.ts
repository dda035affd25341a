/** What a browser has to load before it shows a page of the console: more than 300 KiB are too slow on a phone. */
import { resolve } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { buildAll } from '../../scripts/build.ts';
import { pageSize } from '../../tools/console-sizes.ts';

const most = 300;
const folder = resolve(import.meta.dirname, '../../dist/web');

beforeAll(() => buildAll());

for (const page of ['login', 'inbox', 'case', 'instances', 'start'])
  test(`the first load of ${page} is at most ${most} KiB, packed`, async () => {
    const { kib, files } = await pageSize(folder, page);
    expect(files.length).toBeGreaterThan(5);
    expect(kib).toBeLessThanOrEqual(most);
  });
