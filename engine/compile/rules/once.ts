/** Child elements that may occur only once: moddle silently keeps the last one, so this check reads the XML text. */

const once = new Map<string, string>([
  ['standardLoopCharacteristics', 'loop marker'],
  ['multiInstanceLoopCharacteristics', 'loop marker'],
  ['ioSpecification', 'data specification'],
  ['conditionExpression', 'condition'],
  ['extensionElements', 'extensionElements'],
  ['script', 'script'],
  ['loopCardinality', 'loop cardinality'],
  ['completionCondition', 'completion condition'],
]);

export interface Repeated {
  /** Id of the element that has the children. */
  element: string | undefined;
  /** What it has twice, in words. */
  what: string;
}

/** @param xml text of a file that parses */
export function repeatedChildren(xml: string): Repeated[] {
  const found: Repeated[] = [];
  const stack: { id: string | undefined; seen: Set<string> }[] = [];
  const markup =
    /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)((?:"[^"]*"|'[^']*'|[^>"'])*?)(\/?)>/g;
  for (const [, closing, qualified, attributes, empty] of xml.matchAll(markup)) {
    if (qualified === undefined) continue;
    if (closing) {
      stack.pop();
      continue;
    }
    const parent = stack.at(-1);
    const what = once.get(qualified.replace(/^.*:/, ''));
    if (parent && what) {
      if (parent.seen.has(what)) found.push({ element: parent.id, what });
      parent.seen.add(what);
    }
    const id = /\sid\s*=\s*["']([^"']*)["']/.exec(attributes ?? '')?.[1];
    if (!empty) stack.push({ id, seen: new Set() });
  }
  return found;
}
