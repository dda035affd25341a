/** Definitions of one activity that is done for each item of a list, and gives out a result for each. */
export interface ItemKind {
  name: string;
  sequential: boolean;
  /** The type of the job; absent: a script. */
  job?: string;
}

export const itemKinds: ItemKind[] = ['one after the other', 'side by side'].flatMap((order, index) => {
  const sequential = index === 0;
  return [
    { name: `script, ${order}`, sequential },
    { name: `local job, ${order}`, sequential, job: 'find-staff' },
    { name: `job, ${order}`, sequential, job: 'order-payment' },
  ];
});

export function itemDefinition({ sequential, job }: ItemKind): string {
  const work = job
    ? `<zeebe:taskDefinition type="${job}" /><zeebe:ioMapping><zeebe:input source="=item" target="item" /></zeebe:ioMapping>`
    : '<zeebe:script expression="=item.n * 2" resultVariable="twice" />';
  const type = job ? 'serviceTask' : 'scriptTask';
  const key = `items-${sequential ? 'sequential' : 'parallel'}-${job ?? 'script'}`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Items" targetNamespace="https://careloop.dev/bench">
<bpmn:process id="${key}" name="Many items" isExecutable="true">
<bpmn:startEvent id="Start"><bpmn:outgoing>ToWork</bpmn:outgoing></bpmn:startEvent>
<bpmn:${type} id="Work" name="Work"><bpmn:extensionElements>${work}</bpmn:extensionElements><bpmn:incoming>ToWork</bpmn:incoming><bpmn:outgoing>ToEnd</bpmn:outgoing>
<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}"><bpmn:extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item" outputCollection="results" outputElement="=twice" /></bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics></bpmn:${type}>
<bpmn:endEvent id="End"><bpmn:incoming>ToEnd</bpmn:incoming></bpmn:endEvent>
<bpmn:sequenceFlow id="ToWork" sourceRef="Start" targetRef="Work" /><bpmn:sequenceFlow id="ToEnd" sourceRef="Work" targetRef="End" />
</bpmn:process></bpmn:definitions>`;
}
