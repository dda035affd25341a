/**
 * A definition on disk with what lies beside it: the forms with their English texts, decisions and message texts of its folder, the English names
 * that bear its name.
 */
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import type { DefinitionSource } from '../api/resources/definitions/lint-definition.ts';
import { messageTemplates } from '../api/resources/definitions/message-templates.ts';
import { formTexts } from '../engine/model/form-texts.ts';

/** @throws when a file cannot be read, or one beside it is no JSON of its kind */
export async function readDefinition(path: string): Promise<DefinitionSource & { xml: Uint8Array }> {
  const folder = dirname(path);
  const xml = await readFile(path);
  const forms = await formsIn(folder);
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

/** Each carries, of the English texts of the folder, those that it has in Chinese. */
async function formsIn(folder: string): Promise<Record<string, unknown>> {
  const path = join(folder, 'forms.en.json');
  const english = Object.entries((await parseIfThere(path, z.record(z.string(), z.string()))) ?? {});
  const forms: Record<string, unknown> = {};
  const used = new Set<string>();
  for (const name of await filesOf(folder, '.form')) {
    const form = await parse(join(folder, name), z.looseObject({ id: z.string() }));
    const texts = new Set(formTexts(form));
    const own = english.filter(([text]) => texts.has(text));
    for (const [text] of own) used.add(text);
    forms[form.id] = own.length > 0 ? { ...form, english: Object.fromEntries(own) } : form;
  }
  const unused = english.find(([text]) => !used.has(text));
  if (unused) throw new Error(`${path}: no form has the text "${unused[0]}".`);
  return forms;
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
