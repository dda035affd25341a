/** The shipped definitions as they are deployed: definition, forms, message texts. */
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Runtime } from './runtime.ts';
import { messagesOf } from './shipped.ts';

export async function deployShipped(runtime: Runtime, process: string): Promise<void> {
  const folder = fileURLToPath(new URL(`../../definitions/${process}/`, import.meta.url));
  const files = (await readdir(folder)).filter((name) => name.endsWith('.form'));
  const forms = await Promise.all(files.map(async (name) => JSON.parse(await readFile(folder + name, 'utf8'))));
  const xml = await readFile(`${folder}${process}.bpmn`, 'utf8');
  await runtime.deploy(xml, Object.fromEntries(forms.map((form) => [form.id, form])), messagesOf(process), 'declared');
}
