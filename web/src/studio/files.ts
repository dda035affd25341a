/** The files of a definition while they are edited: as the API takes and gives them. */
import type { components } from '../../generated/api.d.ts';

export type Files = components['schemas']['DefinitionFiles'];

/** The smallest diagram to begin with: from a start to an end by way of one task. */
export function newDiagram(key: string, name: string): string {
  const flow = (id: string, from: string, to: string) =>
    `<bpmn:sequenceFlow id="${id}" sourceRef="${from}" targetRef="${to}" />`;
  const shape = (id: string, x: number, y: number, width: number, height: number) =>
    `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="${x}" y="${y}" width="${width}" height="${height}" /></bpmndi:BPMNShape>`;
  const edge = (id: string, from: number, to: number) =>
    `<bpmndi:BPMNEdge id="${id}_di" bpmnElement="${id}"><di:waypoint x="${from}" y="120" /><di:waypoint x="${to}" y="120" /></bpmndi:BPMNEdge>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:careloop="https://careloop.dev/schema/1.0" id="${key}-definitions" targetNamespace="https://careloop.dev/definitions/${key}">
  <bpmn:process id="${key}" name="${escaped(name)}" isExecutable="true">
    <bpmn:startEvent id="Start" name="开始"><bpmn:outgoing>StartToFirst</bpmn:outgoing></bpmn:startEvent>
    ${flow('StartToFirst', 'Start', 'First')}
    <bpmn:userTask id="First" name="第一步">
      <bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements>
      <bpmn:incoming>StartToFirst</bpmn:incoming><bpmn:outgoing>FirstToEnd</bpmn:outgoing>
    </bpmn:userTask>
    ${flow('FirstToEnd', 'First', 'End')}
    <bpmn:endEvent id="End" name="结束"><bpmn:incoming>FirstToEnd</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram">
    <bpmndi:BPMNPlane id="Plane" bpmnElement="${key}">
      ${shape('Start', 180, 102, 36, 36)}
      ${shape('First', 270, 80, 100, 80)}
      ${shape('End', 430, 102, 36, 36)}
      ${edge('StartToFirst', 216, 270)}
      ${edge('FirstToEnd', 370, 430)}
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
