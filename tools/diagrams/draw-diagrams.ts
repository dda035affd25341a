/**
 * `npm run diagrams`: draws each definition as docs/diagrams/<key>.svg, each example in docs/diagrams/elements/, and the parts of diagrams
 * that pages show (`excerpts.ts`). `--check` only says which pictures are out of date.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { BpmnModdle } from 'bpmn-moddle';
import { exampleFile, exampleNames } from '../examples.ts';
import type { DiagramModel } from './diagram-model.ts';
import { type Excerpt, excerpts, rename } from './excerpts.ts';
import { diagramSvg, excerptSvg } from './svg.ts';

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
  const examples = exampleNames().map((name) => ({ key: `elements/${name}`, file: exampleFile(name) }));
  const whole = [...drawnDefinitions(), ...examples].map(async ({ key, file }) =>
    picture(key, diagramSvg(await readDiagram(file))),
  );
  return Promise.all([...whole, ...excerpts.map(excerptPicture)]);
}

const picture = (name: string, svg: string): Diagram => ({
  definition: name,
  file: join(root, 'docs', 'diagrams', `${name}.svg`),
  svg,
});

async function readDiagram(file: string): Promise<DiagramModel> {
  const { rootElement } = await new BpmnModdle().fromXML(readFileSync(file, 'utf8'));
  const diagram = rootElement as unknown as Partial<DiagramModel>;
  if (!isDrawn(diagram)) throw new Error(`${file} has elements without shapes: lay it out in a modeler.`);
  return diagram;
}

const isDrawn = (diagram: Partial<DiagramModel>): diagram is DiagramModel => diagram.diagrams !== undefined;

async function excerptPicture({ name, of, rows }: Excerpt): Promise<Diagram> {
  const definition = drawnDefinitions().find(({ key }) => key === of);
  if (!definition) throw new Error(`There is no definition ${of} to draw ${name} of.`);
  const diagram = await readDiagram(definition.file);
  const names = JSON.parse(readFileSync(definition.file.replace(/bpmn$/, 'en.json'), 'utf8')) as Record<string, string>;
  rename(diagram, (id) => names[id]);
  return picture(name, excerptSvg(diagram, rows));
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
