/** What a value of a message text is (`messages.json`). */
export const variableKinds = ['text', 'number', 'date', 'time', 'code', 'name', 'phone'] as const;
export type VariableKind = (typeof variableKinds)[number];

export interface TemplateVariable {
  kind: VariableKind;
  /** In characters; absent: that of its kind. */
  maxLength?: number;
}
