/** Definitions of ten tasks in a row, for both engines: each reads what it knows and passes over the rest. */

const head = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Ten" targetNamespace="https://careloop.dev/bench">`;

function inARow(task: (id: string, flows: string) => string): string {
  const ids = Array.from({ length: 10 }, (_, index) => `Task${index + 1}`);
  const stops = ['Start', ...ids, 'End'];
  const flows = stops.slice(1).map((_, index) => `From${stops[index]}`);
  const between = (index: number) =>
    `<bpmn:incoming>${flows[index]}</bpmn:incoming><bpmn:outgoing>${flows[index + 1]}</bpmn:outgoing>`;
  return [
    head,
    '<bpmn:process id="ten" name="Ten tasks" isExecutable="true">',
    `<bpmn:startEvent id="Start"><bpmn:outgoing>${flows[0]}</bpmn:outgoing></bpmn:startEvent>`,
    ...ids.map((id, index) => task(id, between(index))),
    `<bpmn:endEvent id="End"><bpmn:incoming>${flows.at(-1)}</bpmn:incoming></bpmn:endEvent>`,
    ...flows.map(
      (id, index) => `<bpmn:sequenceFlow id="${id}" sourceRef="${stops[index]}" targetRef="${stops[index + 1]}" />`,
    ),
    '</bpmn:process></bpmn:definitions>',
  ].join('\n');
}

export const tenServiceTasks = inARow(
  (id, flows) =>
    `<bpmn:serviceTask id="${id}" name="${id}" implementation="\${environment.services.work}"><bpmn:extensionElements><zeebe:taskDefinition type="work" /></bpmn:extensionElements>${flows}</bpmn:serviceTask>`,
);

/** For ours: FEEL. */
export const tenFeelScripts = inARow(
  (id, flows) =>
    `<bpmn:scriptTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:script expression="=n + 1" resultVariable="n" /></bpmn:extensionElements>${flows}</bpmn:scriptTask>`,
);

/** For bpmn-engine, which has no FEEL: JavaScript that does the same. */
export const tenJavaScripts = inARow(
  (id, flows) =>
    `<bpmn:scriptTask id="${id}" name="${id}" scriptFormat="javascript">${flows}<bpmn:script>environment.variables.n += 1; next();</bpmn:script></bpmn:scriptTask>`,
);
