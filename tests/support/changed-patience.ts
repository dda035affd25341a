/** A later version of the definition `patience`: the work has another id and half the time, and is signed afterwards. */
import { readFile } from 'node:fs/promises';

export async function laterPatience(): Promise<string> {
  const xml = await readFile(new URL('./definition-files/patience.bpmn', import.meta.url), 'utf8');
  return xml
    .replaceAll('"Work"', '"Handle"')
    .replace('=duration(limit)', '=duration(limit) * 0.5')
    .replace(
      '<bpmn:sequenceFlow id="ToEnd" sourceRef="Handle" targetRef="Ended" />',
      `<bpmn:sequenceFlow id="ToSign" sourceRef="Handle" targetRef="Sign" />
       <bpmn:userTask id="Sign" name="签字"><bpmn:extensionElements><zeebe:userTask />
         <zeebe:assignmentDefinition candidateGroups="president" /></bpmn:extensionElements></bpmn:userTask>
       <bpmn:sequenceFlow id="ToEnd" sourceRef="Sign" targetRef="Ended" />`,
    );
}
