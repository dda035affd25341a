/**
 * Where the public conformance suites are read from (docs/conformance.md). They are not part of the project: this is the only module that
 * looks outside of the clone, and what needs them does without where they are missing.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Each is a folder of that name. */
export type Suite = 'bpmn' | 'bpmn-constraints' | 'dmn';

const root = resolve(import.meta.dirname, '../..');
const besideTheClone = '../shared/conformance';

export const whyMissing = `the public conformance cases are neither in the folder that CARELOOP_CASES names nor in ${besideTheClone} (docs/conformance.md says where to get them)`;

/** @returns the folder of the suite; undefined where it is missing */
export function folderOf(suite: Suite, env: NodeJS.ProcessEnv = process.env, from = root): string | undefined {
  const places = [env['CARELOOP_CASES'], besideTheClone].filter((place) => place !== undefined && place !== '');
  return places.map((place) => join(resolve(from, place as string), suite)).find((folder) => existsSync(folder));
}

/** For the commands, which can do nothing without cases. */
export function folderAskedFor(suite: Suite, named: string | undefined): string {
  const folder = named ?? folderOf(suite);
  if (folder === undefined) throw new Error(`There are no cases to run: name a folder, because ${whyMissing}.`);
  return folder;
}
