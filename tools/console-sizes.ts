/** How much a browser loads for a page of the built console, packed: the document's own files, the page, and all they import at once. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';

export interface PageSize {
  /** With everything that it loads at once. */
  kib: number;
  /** Of the page's own file. */
  ownKib: number;
  files: string[];
}

/**
 * @param folder with index.html and assets/
 * @param page name of the page's module
 * @param document that it is shown in
 */
export async function pageSize(folder: string, page: string, document = 'index.html'): Promise<PageSize> {
  const assets = join(folder, 'assets');
  const contents = new Map(
    await Promise.all(
      (await readdir(assets))
        .filter((name) => /\.(js|css)$/.test(name))
        .map(async (name) => [name, await readFile(join(assets, name), 'utf8')] as const),
    ),
  );
  const kib = (text: string) => gzipSync(text, { level: 9 }).length / 1024;
  const withImports = (name: string, found: Set<string>): Set<string> => {
    if (found.has(name) || !contents.has(name)) return found;
    found.add(name);
    for (const [, path = ''] of (contents.get(name) ?? '').matchAll(/(?:from|import)\s*["'`](\.\/[^"'`]+\.js)["'`]/g))
      withImports(basename(path), found);
    return found;
  };
  const index = await readFile(join(folder, document), 'utf8');
  const own = [...contents.keys()].find((name) => new RegExp(`^${page}-[\\w-]{8}\\.js$`).test(name));
  if (own === undefined) throw new Error(`The console has no page ${page}.`);
  const found = new Set<string>();
  for (const [, name = ''] of index.matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)) withImports(name, found);
  withImports(own, found);
  const files = [...found];
  return {
    kib: files.reduce((sum, name) => sum + kib(contents.get(name) ?? ''), kib(index)),
    ownKib: kib(contents.get(own) ?? ''),
    files,
  };
}
