/** Reads which file imports which, types included, and the table of `docs/code.md` that says what a folder may import. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

export interface Import {
  /** Path of the importing file, from the root of the project. */
  from: string;
  /** Path of the imported file, from the root of the project; or the name of a package. */
  to: string;
  /** Nothing of it is there at run time. */
  typeOnly: boolean;
}

export interface FolderRule {
  /** With its slash: `engine/`. */
  folder: string;
  /** Folders (with a slash) and patterns of files; `all` for everything. */
  imports: string[] | 'all';
  types: string[];
  packages: { only: string[] } | { allBut: string[] };
}

const skipped = new Set(['node_modules', 'coverage', 'dist']);

/** All TypeScript files in folders of the project, by their path from its root. */
export function sourceFiles(root: string): string[] {
  return readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)
      ? filesIn(root, entry.name).filter((path) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts'))
      : [],
  );
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesIn(root, path);
    return [path];
  });
}

const statement = /^(?:import|export)\s+(type\s)?(?:[\w*\s{},$]+?\sfrom\s+)?'([^']+)'/gm;
const inline = /\bimport\('([^']+)'\)/g;

export function importsOf(from: string, source: string): Import[] {
  const found = [...source.matchAll(statement)].map(([, type, to = '']) => ({ to, typeOnly: type !== undefined }));
  const within = [...source.matchAll(inline)].map(([, to = '']) => ({ to, typeOnly: false }));
  return [...found, ...within].map(({ to, typeOnly }) => ({
    from,
    to: to.startsWith('.') ? posix.join(dirname(from), to) : to,
    typeOnly,
  }));
}

export function allImports(root: string): Import[] {
  return sourceFiles(root).flatMap((path) => importsOf(path, readFileSync(join(root, path), 'utf8')));
}

/** The rows of the table that begins with the column `folder`. */
export function readRules(markdown: string): FolderRule[] {
  const lines = markdown.split('\n');
  const head = lines.findIndex((line) => /^\| *folder *\|/.test(line));
  const rules: FolderRule[] = [];
  for (const line of lines.slice(head + 2)) {
    if (!line.startsWith('|')) break;
    const [folder = '', imports = '', types = '', packages = ''] = line.split('|').slice(1);
    rules.push({
      folder: quoted(folder)[0] ?? '',
      imports: imports.trim() === 'all' ? 'all' : quoted(imports),
      types: quoted(types),
      packages: packages.trim().startsWith('any') ? { allBut: quoted(packages) } : { only: quoted(packages) },
    });
  }
  return rules;
}

const quoted = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, one = '']) => one);

export function isAllowed(one: Import, rules: readonly FolderRule[]): boolean {
  const rule = rules.find(({ folder }) => one.from.startsWith(folder));
  if (rule === undefined) return false;
  const folders = rules.map(({ folder }) => folder);
  if (!folders.some((folder) => one.to.startsWith(folder))) return allowsPackage(rule, one.to);
  if (one.to.startsWith(rule.folder) || rule.imports === 'all') return true;
  return [...rule.imports, ...(one.typeOnly ? rule.types : [])].some((pattern) => covers(pattern, one.to));
}

export const covers = (pattern: string, path: string): boolean =>
  pattern.endsWith('/') ? path.startsWith(pattern) : asExpression(pattern).test(path);

/** Of a glob with `*` and `**`. */
const asExpression = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replaceAll('.', '\\.')
      .replaceAll('**/', '(?:.+/)?')
      .replace(/(?<!\.)\*/g, '[^/]*')}$`,
  );

function allowsPackage({ packages }: FolderRule, name: string): boolean {
  const isOneOf = (list: string[]) =>
    list.some((one) =>
      one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : name === one || name.startsWith(`${one}/`),
    );
  return 'only' in packages ? isOneOf(packages.only) : !isOneOf(packages.allBut);
}

/** Groups of files that import each other, directly or by way of others (Tarjan's strongly connected components). */
export function circlesIn(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const order = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];

  function visit(file: string): number {
    order.set(file, order.size);
    let low = order.size - 1;
    open.push(file);
    for (const next of targets.get(file) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (open.includes(next)) low = Math.min(low, order.get(next)!);
      if (next === file) circles.push([file]);
    }
    if (low === order.get(file)) {
      const group = open.splice(open.indexOf(file));
      if (group.length > 1) circles.push(group.sort());
    }
    return low;
  }

  for (const file of targets.keys()) if (!order.has(file)) visit(file);
  return circles;
}
