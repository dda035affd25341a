/** Files that cost far more to compile than to send. */

/** @returns a file of so many processes, each with several faults */
export function manyProcesses(count: number): { xml: string } {
  const processes = Array.from(
    { length: count },
    (_, n) => `<bpmn:process id="p${n}" isExecutable="true"><bpmn:startEvent id="s${n}"/></bpmn:process>`,
  );
  return {
    xml: `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t" id="d">${processes.join('')}</bpmn:definitions>`,
  };
}

/** Within the size of what is taken, and minutes of work. */
export const heavyFile = (): { xml: string } => manyProcesses(35_000);
