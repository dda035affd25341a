/** The smallest DMN file to begin with: one decision table. */
export const newDecision = (id: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:dmndi="https://www.omg.org/spec/DMN/20191111/DMNDI/" xmlns:dc="http://www.omg.org/spec/DMN/20180521/DC/" id="${id}-file" name="${id}" namespace="https://careloop.dev/definitions/decisions">
  <decision id="${id}" name="${id}">
    <decisionTable id="${id}-table" hitPolicy="UNIQUE">
      <input id="${id}-input"><inputExpression id="${id}-expression" typeRef="string"><text></text></inputExpression></input>
      <output id="${id}-output" name="result" typeRef="string" />
    </decisionTable>
  </decision>
  <dmndi:DMNDI><dmndi:DMNDiagram><dmndi:DMNShape dmnElementRef="${id}"><dc:Bounds height="80" width="180" x="160" y="100" /></dmndi:DMNShape></dmndi:DMNDiagram></dmndi:DMNDI>
</definitions>
`;
