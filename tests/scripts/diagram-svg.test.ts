/** What a picture shows of a file that leaves something to whoever draws it. */
import { expect, it } from 'vitest';
import type { DiagramModel } from '../../tools/diagrams/diagram-model.ts';
import { diagramSvg } from '../../tools/diagrams/svg.ts';

const shape = ($type: string, more: object, label?: object) => ({
  $type: 'bpmndi:BPMNShape' as const,
  bpmnElement: { $type, id: 'A', name: '收款', ...more },
  bounds: { x: 100, y: 100, width: 36, height: 36 },
  ...(label && { label }),
});
const picture = (one: ReturnType<typeof shape>): string => {
  const definition: DiagramModel = { rootElements: [], diagrams: [{ plane: { planeElement: [one] } }] };
  return diagramSvg(definition);
};

it('names an event below it where the file has no place for the name', () => {
  expect(picture(shape('bpmn:EndEvent', {}))).toMatch(/<tspan x="118" y="[\d.]+">收款/);
});

it('names it where the file says', () => {
  const label = { bounds: { x: 10, y: 10, width: 40, height: 14 } };
  expect(picture(shape('bpmn:EndEvent', {}, label))).toMatch(/<tspan x="30" y="[\d.]+">收款/);
});

it('dashes the start of an event subprocess that does not interrupt', () => {
  expect(picture(shape('bpmn:StartEvent', { isInterrupting: false }))).toContain('stroke-dasharray');
  expect(picture(shape('bpmn:StartEvent', { isInterrupting: true }))).not.toContain('stroke-dasharray');
});
