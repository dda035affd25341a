/** `npm run diagrams`: draws each definition as docs/diagrams/<key>.svg, each example in docs/diagrams/elements/. `--check` only says which pictures are out of date. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BpmnModdle } from 'bpmn-moddle';
import { exampleFile, exampleNames } from '../examples.ts';
import type { DiagramModel } from './diagram-model.ts';
import { diagramSvg } from './svg.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

export interface Diagram {
  definition: string;
  file: string;
  svg: string;
}

/** Every drawn process of the folder `definitions/`, in the order of its names. */
export function drawnDefinitions(): { key: string; file: string }[] {
  const folder = join(root, 'definitions');
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) =>
      readdirSync(join(folder, entry.name))
        .filter((name) => name.endsWith('.bpmn'))
        .map((name) => ({ key: name.slice(0, -'.bpmn'.length), file: join(folder, entry.name, name) })),
    )
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The pictures as they should be. */
export async function diagrams(): Promise<Diagram[]> {
  const made: Diagram[] = [];
  const examples = exampleNames().map((name) => ({ key: `elements/${name}`, file: exampleFile(name) }));
  for (const { key, file } of [...drawnDefinitions(), ...examples]) {
    const { rootElement } = await new BpmnModdle().fromXML(readFileSync(file, 'utf8'));
    made.push({
      definition: key,
      file: join(root, 'docs', 'diagrams', `${key}.svg`),
      svg: diagramSvg(rootElement as unknown as DiagramModel),
    });
  }
  return made;
}

const current = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
};

async function main(check: boolean): Promise<void> {
  for (const { definition, file, svg } of await diagrams()) {
    if (current(file) === svg) continue;
    if (check) {
      console.error(`${definition}: the picture is out of date; run npm run diagrams.`);
      process.exitCode = 1;
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, svg);
    console.log(`${definition}: ${file}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  await main(process.argv.includes('--check'));
