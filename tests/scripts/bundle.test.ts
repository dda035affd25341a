/** `./careloop bundle`: what is printed is what a deployment takes. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deployBody } from '../../api/resources/definitions/schemas.ts';
import { bundleFile } from '../../scripts/cli/bundle.ts';
import { createScreen } from '../../scripts/cli/screen.ts';

const folder = join(import.meta.dirname, '../../definitions/complaint');
const diagram = join(folder, 'complaint.bpmn');

async function bundle(files: string[], note?: string): Promise<unknown> {
  let text = '';
  const screen = createScreen({ write: (written) => (text += written) });
  expect(await bundleFile(files, note, screen)).toBe(0);
  return JSON.parse(text);
}

it('holds the diagram and all that lies beside it, with the note', async () => {
  const bundled = deployBody.parse(await bundle([diagram], 'First version'));
  expect(bundled).toMatchObject({
    xml: await readFile(diagram, 'utf8'),
    englishNames: JSON.parse(await readFile(join(folder, 'complaint.en.json'), 'utf8')),
    messages: JSON.parse(await readFile(join(folder, 'messages.json'), 'utf8')),
    note: 'First version',
  });
  expect(bundled).toHaveProperty('forms.acceptance');
});

it('gives each form the English of its own texts', async () => {
  const bundled = deployBody.parse(await bundle([diagram]));
  expect(bundled).toMatchObject({ forms: { acceptance: { english: { 受理投诉: 'Accept the complaint' } } } });
  expect(bundled).not.toHaveProperty('forms.acceptance.english.结案');
});

it('takes one diagram, which must be there', async () => {
  await expect(bundle([])).rejects.toThrow('Which definition?');
  await expect(bundle([diagram, diagram])).rejects.toThrow('Which definition?');
  await expect(bundle([join(folder, 'nowhere.bpmn')])).rejects.toThrow('There is no file');
});
