/** A definition coloured by what the tests reached. */
import { readFileSync } from 'node:fs';
import { layoutProcess } from 'bpmn-auto-layout';
import { BpmnModdle } from 'bpmn-moddle';
import type { DiagramModel, Paint } from '../../../tools/diagrams/diagram-model.ts';
import { diagramSvg } from '../../../tools/diagrams/svg.ts';
import { type Item, shareOf } from './tally.ts';

const covered: Paint = { ink: '#1b7f4b', fill: '#dff3e6' };
/** Also told by the thickness of its lines, for who does not see red from green. */
const missed: Paint = { ink: '#c62828', fill: '#fde0de', thicker: 1.2 };

/** @param items of every process of the file; what is not among them keeps its usual colours */
export async function coverageSvg(file: string, items: Item[]): Promise<string> {
  const definition = await drawn(readFileSync(file, 'utf8'));
  const byId = new Map(items.map((item) => [item.id, item]));
  const elements = shareOf(items.filter(({ kind }) => kind === 'element'));
  const flows = shareOf(items.filter(({ kind }) => kind === 'flow'));
  const name = definition.rootElements.find(({ $type }) => $type === 'bpmn:Process')?.name ?? '';
  const { percent } = shareOf(items);
  return diagramSvg(definition, {
    title: `${name} · ${percent}% covered`,
    subtitle: `${elements.covered} of ${elements.total} elements, ${flows.covered} of ${flows.total} flows`,
    legend: [
      { paint: covered, text: 'covered by a test' },
      { paint: missed, text: 'not covered' },
    ],
    of(id) {
      const item = byId.get(id);
      if (!item) return undefined;
      const note = `${item.label}: ${item.times === 0 ? 'never reached' : `reached ${item.times} times`}`;
      return { ...(item.times > 0 ? covered : missed), note };
    },
  });
}

async function drawn(xml: string): Promise<DiagramModel> {
  const parse = async (text: string) => (await new BpmnModdle().fromXML(text)).rootElement as unknown as DiagramModel;
  const definition = await parse(xml);
  return definition.diagrams?.length ? definition : parse(await layoutProcess(xml));
}
