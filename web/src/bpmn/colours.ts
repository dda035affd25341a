/** Options of a viewer that follows the colour scheme: bpmn-js draws what has no colour of its own with these (diagram.css). */
export const schemeColours = {
  bpmnRenderer: { defaultFillColor: 'var(--shape)', defaultStrokeColor: 'var(--stroke)' },
};
