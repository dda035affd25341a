/** What files of the project cite: links and headings of Markdown pages, and files named in pages and in comments of code. */
import { readdirSync } from 'node:fs';
import { join, posix } from 'node:path';

const skipped = new Set(['node_modules', 'coverage', 'dist']);

/** All files of the project but hidden ones, what is built and what is installed, by their path from the root. */
export function projectFiles(root: string, folder = ''): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.name.startsWith('.') || skipped.has(entry.name) || entry.name.startsWith('dist.new')) return [];
    return entry.isDirectory() ? projectFiles(root, path) : [path];
  });
}

/** Addresses of links and pictures, without those on the web. */
export function linksOf(markdown: string): string[] {
  return [...withoutFences(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, address = '']) => address)
    .filter((address) => !/^[a-z]+:/.test(address));
}

/** The fragments that a page's headings can be linked by, as GitHub makes them. */
export function fragmentsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutFences(markdown).matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = '']) => {
    const text = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const slug = text
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

const withoutFences = (markdown: string): string => markdown.replaceAll(/^```.*?^```$/gms, '');

/** The text of all comments of a TypeScript file. A comment begins after a blank: within texts it may look like one (`*\/*.bpmn`). */
export function commentsOf(source: string): string {
  return [...source.matchAll(/(?<=^|\s)(?:\/\*[\s\S]*?\*\/|\/\/.*$)/gm)].map(([comment]) => comment).join('\n');
}

/** Code spans of a page. */
export function codeSpansOf(markdown: string): string {
  return [...withoutFences(markdown).matchAll(/`([^`\n]+)`/g)].map(([, code]) => code).join('\n');
}

/** Names of files with the extensions that the project has, with the heading where one is named; patterns, placeholders and what lies in hidden folders or is built are none. */
export function filesNamedIn(text: string): string[] {
  const names =
    /(?<![\w@*<>{}$…%./:-])((?:\.{1,2}\/)*(?:[\w-][\w.-]*\/)*[\w-][\w.-]*\.(?:ts|cjs|md|bpmn|dmn|form|json|svg)(?:#[\w-]+)?)(?![\w*<{/-])/g;
  return [...text.matchAll(names)].map(([, name = '']) => name).filter((name) => !/^(\.\/)?dist\//.test(name));
}

/** Whether a name means a file: by its path from the root, beside the citing file, or by the end of its path. */
export function isFile(name: string, from: string, files: readonly string[]): boolean {
  const beside = posix.join(posix.dirname(from), name);
  return files.some((file) => file === name || file === beside || file.endsWith(`/${name}`));
}
