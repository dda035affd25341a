/**
 * Reads what files export and what others import of them by name, to find exports that nobody imports. Types that a file uses itself are
 * left alone: they stand in what it exports.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { sourceFiles } from './imports.ts';

export interface Module {
  exports: string[];
  /** Of `exports`, types that the file uses itself. */
  ownTypes: string[];
  /** Files all of whose exports it hands on. */
  handsOn: string[];
  imports: { from: string; names: string[] | 'all' }[];
}

const declaration =
  /^export (?:declare |async |abstract )*(function\*?|const|let|class|interface|type|enum) ([\w$]+)/gm;
const list = /^export (?:type )?\{([^}]*)\}(?: from '([^']+)')?;/gm;
const star = /^export (?:type )?\*(?: as ([\w$]+))? from '([^']+)';/gm;
const named = /^import (?:type )?\{([^}]*)\} from '([^']+)'/gm;
const namespace = /^import (?:type )?\* as [\w$]+ from '([^']+)'/gm;
const typeWithin = /\bimport\('([^']+)'\)\.([\w$]+)/g;
const dynamic = /\bimport\((?:\/\*[^*]*\*\/ )?'([^']+)'\)(?!\.)/g;

export function readModule(path: string, source: string): Module {
  const resolve = (to: string) => (to.startsWith('.') ? posix.join(dirname(path), to) : to);
  const module: Module = { exports: [], ownTypes: [], handsOn: [], imports: [] };
  for (const [, kind = '', name = ''] of source.matchAll(declaration)) {
    module.exports.push(name);
    const isType = kind === 'interface' || kind === 'type';
    if (isType && source.split(new RegExp(`\\b${name}\\b`)).length > 2) module.ownTypes.push(name);
  }
  for (const [, inner = '', from] of source.matchAll(list)) {
    module.exports.push(...namesIn(inner).map(({ as }) => as));
    if (from !== undefined) module.imports.push({ from: resolve(from), names: namesIn(inner).map(({ name }) => name) });
  }
  for (const [, as, from = ''] of source.matchAll(star)) {
    if (as === undefined) module.handsOn.push(resolve(from));
    else module.exports.push(as);
    if (as !== undefined) module.imports.push({ from: resolve(from), names: 'all' });
  }
  for (const [, inner = '', from = ''] of source.matchAll(named))
    module.imports.push({ from: resolve(from), names: namesIn(inner).map(({ name }) => name) });
  for (const [, from = ''] of source.matchAll(namespace)) module.imports.push({ from: resolve(from), names: 'all' });
  for (const [, from = '', name = ''] of source.matchAll(typeWithin))
    module.imports.push({ from: resolve(from), names: [name] });
  for (const [, from = ''] of source.matchAll(dynamic)) module.imports.push({ from: resolve(from), names: 'all' });
  return module;
}

function namesIn(inner: string): { name: string; as: string }[] {
  return inner
    .split(',')
    .map((one) => one.trim().replace(/^type /, ''))
    .filter((one) => one !== '')
    .map((one) => {
      const [name = '', as = name] = one.split(' as ');
      return { name, as };
    });
}

/** All modules in folders of the project, by path. */
export function readModules(root: string): Map<string, Module> {
  return new Map(sourceFiles(root).map((path) => [path, readModule(path, readFileSync(join(root, path), 'utf8'))]));
}

/** @param open files whose exports are wanted from outside: programs, and what is found by its name */
export function unusedExports(modules: ReadonlyMap<string, Module>, open: readonly string[]): string[] {
  const used = new Map<string, Set<string> | 'all'>();
  const use = (path: string, names: readonly string[] | 'all'): void => {
    const module = modules.get(path);
    if (module === undefined) return;
    const known = used.get(path);
    if (known !== 'all') used.set(path, names === 'all' ? 'all' : new Set([...(known ?? []), ...names]));
    for (const handed of module.handsOn) use(handed, names);
  };
  for (const { imports } of modules.values()) for (const { from, names } of imports) use(from, names);
  for (const path of open) use(path, 'all');
  return [...modules].flatMap(([path, { exports, ownTypes }]) => {
    const names = used.get(path);
    if (names === 'all') return [];
    return exports.filter((name) => !names?.has(name) && !ownTypes.includes(name)).map((name) => `${path}: ${name}`);
  });
}
