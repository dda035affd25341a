/** Nothing of a particular process stands in code that serves all of them: no key, role, form, stage, and no zone of a facility. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { operatorRole } from '../../engine/model/roles.ts';
import { readRoles } from '../../scripts/seed/organisation-files.ts';
import { compileShipped, formsOf, shippedKeys } from '../support/shipped.ts';
import { sourceFiles } from './imports.ts';

const root = resolve(import.meta.dirname, '../..');

/** Code of one process, its demo and measurement among it; the calendar of China; examples that a modeler reads. */
const ownCode = [
  /\/processes\/[\w-]+\//,
  /^scripts\/demo(\/|\.ts)/,
  /^engine\/time\/(china|zone)\.ts$/,
  /^engine\/compile\/careloop-extensions\.ts$/,
  /^tests\/kit\/measure\.ts$/,
];
const generic =
  /^(engine|workflows|activities|temporal|store|api|worker|scripts|web)\/|^tests\/(kit\/|support\/(shipped|definitions|careloop)\.ts)/;
const registrations = /\/processes\/(index|names)\.ts$/;

const files = sourceFiles(root).filter(
  (path) => generic.test(path) && !registrations.test(path) && !ownCode.some((one) => one.test(path)),
);

/** Words that the engine uses in a sense of its own. */
const ambiguous = ['accepted', 'leave', 'plan'];

async function wordsOfProcesses(): Promise<Map<string, string>> {
  const words = new Map<string, string>([['Asia/Shanghai', 'the zone of a facility']]);
  for (const { id } of await readRoles()) if (id !== operatorRole) words.set(id, 'a role');
  for (const key of shippedKeys) {
    for (const form of Object.keys(formsOf(key))) words.set(form, `a form of ${key}`);
    for (const plan of (await compileShipped(key)).plans)
      for (const { id } of plan.profile?.stages ?? []) words.set(id, `a stage of ${key}`);
    words.set(key, 'a process');
  }
  for (const word of ambiguous) words.delete(word);
  return words;
}

/** Quoted texts only: many of these words are English, too. */
const quoted = /'([^'\n]*)'|"([^"\n]*)"/g;
const comment = /^\s*(\*|\/\/|\/\*)/;

test('code for all processes names none of their keys, roles, forms, stages and zones', async () => {
  const words = await wordsOfProcesses();
  const found = files.flatMap((path) =>
    readFileSync(join(root, path), 'utf8')
      .split('\n')
      .flatMap((line, index) => {
        if (comment.test(line)) return [];
        return [...line.matchAll(quoted)].flatMap(([, single, double]) => {
          const word = single ?? double ?? '';
          const what = words.get(word);
          return what === undefined ? [] : [`${path}:${index + 1} names ${what}: ${word}`];
        });
      }),
  );
  expect(found).toEqual([]);
});

test('it looks through the code of every layer', () => {
  const folders = new Set(files.map((path) => path.split('/')[0]));
  expect([...folders].sort()).toEqual(
    readdirSync(root)
      .filter((name) => generic.test(`${name}/x`) || name === 'tests')
      .sort(),
  );
});
