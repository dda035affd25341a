/**
 * Names of types as files write them. DMN 1.1 has qualified names there (XML Schema `QName`): the prefix may be bound to FEEL, to the file's
 * own namespace, to that of an import, or to XML Schema. Later versions have plain names, and `feel:string` is still written.
 */

/** Types of XML Schema that FEEL has under another name. */
const ofSchema: Readonly<Record<string, string>> = {
  int: 'number',
  integer: 'number',
  long: 'number',
  short: 'number',
  decimal: 'number',
  double: 'number',
  float: 'number',
  dateTime: 'date and time',
  yearMonthDuration: 'years and months duration',
  dayTimeDuration: 'days and time duration',
};

const feel = /\/spec\/(?:FEEL\/\d+|DMN\/\d+\/FEEL)\/?$/;
const schema = 'http://www.w3.org/2001/XMLSchema';

/** @param imports names of imports by their namespace */
export function plainTypes(xml: string, namespace: string, imports: ReadonlyMap<string, string>) {
  const bound = new Map<string, string>();
  for (const [, prefix = '', , uri = ''] of xml.matchAll(/\sxmlns:([\w.-]+)\s*=\s*(["'])(.*?)\2/g))
    if (!bound.has(prefix)) bound.set(prefix, uri);
  const plain = (whole: string, prefix: string, name: string): string => {
    const uri = bound.get(prefix) ?? '';
    if (uri === schema) return ofSchema[name] ?? name;
    if (uri !== '' && uri === namespace) return name;
    const scope = imports.get(uri);
    if (scope !== undefined) return scope === '' ? name : `${scope}.${name}`;
    return prefix === 'feel' || feel.test(uri) ? name : whole;
  };
  // Generic types hold names too: `list<sig:age>`.
  return (written: string): string => written.replace(/([\p{L}_][\w.-]*):(?=\S)([^<>,]+)/gu, plain);
}

interface Tree {
  [name: string]: unknown;
}
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Rewrites all references to types of a tree of elements. */
export function rewriteTypes(root: unknown, plain: (written: string) => string): void {
  if (!isTree(root)) return;
  for (const [name, value] of Object.entries(root))
    if (typeof value === 'string') {
      if (name === 'typeRef' || name === 'outputTypeRef') root[name] = plain(value.trim());
    } else if (Array.isArray(value)) for (const one of value) rewriteTypes(one, plain);
    else rewriteTypes(value, plain);
}
