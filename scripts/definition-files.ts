/** A definition on disk with what lies beside it: the forms, decisions and message texts of its folder, the English names that bear its name. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { DefinitionSource } from '../api/resources/definitions/lint-definition.ts';
import { messageTemplates } from '../api/resources/definitions/message-templates.ts';

/** @throws when a file cannot be read, or one beside it is no JSON of its kind */
export async function readDefinition(path: string): Promise<DefinitionSource & { xml: Uint8Array }> {
  const folder = dirname(path);
  const xml = await readFile(path);
  const forms: Record<string, unknown> = {};
  for (const name of await filesOf(folder, '.form')) {
    const form = await parse(join(folder, name), z.looseObject({ id: z.string() }));
    forms[form.id] = form;
  }
  const names = join(folder, `${basename(path).replace(/\.bpmn$/, '')}.en.json`);
  const englishNames = await parseIfThere(names, z.record(z.string(), z.string()));
  const messages = await parseIfThere(join(folder, 'messages.json'), messageTemplates);
  const decisions = await Promise.all((await filesOf(folder, '.dmn')).map((name) => readFile(join(folder, name))));
  return {
    xml,
    ...(decisions.length > 0 && { decisions }),
    ...(Object.keys(forms).length > 0 && { forms }),
    ...(englishNames && { englishNames }),
    ...(messages && { messages }),
  };
}

async function parseIfThere<T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> {
  return parse(path, schema).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
}

async function parse<T>(path: string, schema: z.ZodType<T>): Promise<T> {
  const text = await readFile(path, 'utf8');
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${path} is not what its name says.`, { cause: error });
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** Names of the files of a folder that end so, in order; none when there is no folder. */
export async function filesOf(folder: string, extension: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith(extension)).sort();
}
