/** What pages link to and what comments cite is there, and nothing outside the repository is cited. */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { codeSpansOf, commentsOf, filesNamedIn, fragmentsOf, isFile, linksOf, projectFiles } from './citations.ts';

const root = join(import.meta.dirname, '../..');
const files = projectFiles(root);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const pages = files.filter((path) => path.endsWith('.md'));
/** Without the files whose texts are examples of what is not there. */
const sources = files.filter(
  (path) => /\.(ts|cjs)$/.test(path) && !['tests/docs/links.test.ts', 'tests/scripts/clone.test.ts'].includes(path),
);

/** Files that are no part of the project: those of the public suites, and what a page has its reader fetch or write. */
const elsewhere = [
  'cases.json',
  'FILE.json',
  'bankCustomerComplaintDisputeHandling.bpmn',
  'refundingProcess.bpmn',
  'determineFraudRatingConfidence.dmn',
  'realisticPayload.json',
];

/** Files of the process `order`, the example by which docs/code.md says how a process is added. */
const exampleProcess = /^(workflows|api|store)\/processes\/order\/|^activities\/jobs\/pack-order\.ts$/;

const fragmentsOfPage = new Map(pages.map((page) => [page, fragmentsOf(read(page))]));

function isMissing(name: string, from: string): boolean {
  const [path = '', fragment] = name.split('#');
  if (elsewhere.includes(posix.basename(path)) || exampleProcess.test(path)) return false;
  if (!isFile(path, from, files)) return true;
  return fragment !== undefined && fragmentsOfPage.get(path)?.includes(fragment) !== true;
}

test('every link of a page leads to a file, and to a heading of it', () => {
  const broken = pages.flatMap((page) =>
    linksOf(read(page))
      .filter((address) => {
        const [path = '', fragment] = address.split('#');
        const target = path === '' ? page : posix.join(posix.dirname(page), path);
        const isThere = files.some((file) => file === target || file.startsWith(`${target.replace(/\/$/, '')}/`));
        return !isThere || (fragment !== undefined && fragmentsOfPage.get(target)?.includes(fragment) !== true);
      })
      .map((address) => `${page}: ${address}`),
  );
  expect(broken).toEqual([]);
});

test('every page is reached by links from README.md', () => {
  const reached = new Set<string>();
  const open = ['README.md'];
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    if (reached.has(page) || !pages.includes(page)) continue;
    reached.add(page);
    for (const address of linksOf(read(page))) open.push(posix.join(posix.dirname(page), address.split('#')[0] ?? ''));
  }
  expect(pages.filter((page) => !reached.has(page))).toEqual([]);
});

test('every file that a page names is there', () => {
  const missing = pages.flatMap((page) =>
    filesNamedIn(codeSpansOf(read(page)))
      .filter((name) => isMissing(name, page))
      .map((name) => `${page}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('every file and heading that a comment names is there', () => {
  const missing = sources.flatMap((source) =>
    filesNamedIn(commentsOf(read(source)))
      .filter((name) => isMissing(name, source))
      .map((name) => `${source}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test('nothing cites notes that are not in the repository', () => {
  const notes = /design\.md|domain section|\/work\/|\bissue \d{1,2}\b|\.\.\/shared(?!\/conformance)/;
  const citing = [...pages, ...sources].filter((path) => notes.test(read(path)));
  expect(citing).toEqual([]);
});

describe('the reading of pages and comments', () => {
  test('finds links and pictures, but none in code', () => {
    const page = '[a](a.md#b) ![c](c.svg) [web](https://example.org)\n```\n[no](no.md)\n```\n';
    expect(linksOf(page)).toEqual(['a.md#b', 'c.svg']);
  });

  test('makes the fragments of headings', () => {
    expect(fragmentsOf('# A `b`, c (d)\n## On [x](y.md)\n## On x\n')).toEqual(['a-b-c-d', 'on-x', 'on-x-1']);
  });

  test('finds names of files in comments, but not in code', () => {
    const source = "/** See a/b.ts and docs/c.md#d. */\nconst x = 'no.ts'; // or `e.test.ts`\nconst u = 'http://x.md';";
    expect(filesNamedIn(commentsOf(source))).toEqual(['a/b.ts', 'docs/c.md#d', 'e.test.ts']);
  });

  test('takes patterns and placeholders for no names', () => {
    expect(filesNamedIn('docs/<key>.md tests/*.ts {a,b}.ts **/x.ts .local/run.json')).toEqual([]);
  });
});
