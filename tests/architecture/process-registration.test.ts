/** Processes with code of their own are registered once per layer, under the key of their definition. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { processStores } from '../../store/processes/index.ts';
import { workflowTypeOf } from '../../workflows/processes/names.ts';

const root = resolve(import.meta.dirname, '../..');
const foldersIn = (path: string): string[] =>
  readdirSync(join(root, path), { withFileTypes: true }).flatMap((one) => (one.isDirectory() ? [one.name] : []));

it.each(foldersIn('workflows/processes'))('%s runs as a workflow type of its own', (process) => {
  expect(workflowTypeOf(process)).toBe(process);
});

it('has a definition for each folder of a process, whatever the layer', () => {
  const folders = ['workflows', 'store', 'api'].flatMap((layer) => foldersIn(`${layer}/processes`));
  const definitions = foldersIn('definitions');
  expect(folders.filter((process) => !definitions.includes(process))).toEqual([]);
});

it('registers the store of each process that has one', () => {
  expect(processStores.map((one) => one.process).sort()).toEqual(foldersIn('store/processes').sort());
});

it('reads the rows of a process through its own folders only', () => {
  const strangers = foldersIn('api/processes').flatMap((process) =>
    readdirSync(join(root, 'api/processes', process)).filter((file) => {
      const source = readFileSync(join(root, 'api/processes', process, file), 'utf8');
      return [...source.matchAll(/store\/processes\/(\w+)\//g)].some(([, owner]) => owner !== process);
    }),
  );
  expect(strangers).toEqual([]);
});

it('runs a process that is only drawn as "process"', () => {
  expect(workflowTypeOf('onlyDrawn')).toBe('process');
});
