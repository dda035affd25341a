/**
 * A text to patients names a value of which `messages.json` does not say what it is. Carriers approve a text by the kind and length of its
 * values, and without a length nobody knows how many messages it counts as.
 */
import { placeholdersOf } from '../../messages/message-templates.ts';
import { variableOf } from '../../messages/template-variables.ts';
import { called, type LintRule } from '../rule.ts';
import { textsToPatients } from '../sent-texts.ts';

export const messageVariableUntyped: LintRule = {
  code: 'message-variable-untyped',
  severity: 'warning',
  hint: 'Declare it in messages.json beside the text: "variables": {"day": {"kind": "date", "maxLength": 6}}.',
  of: 'bpmn:FlowNode',
  find(node, scene) {
    return textsToPatients(node, scene).flatMap(({ id, template }) =>
      placeholdersOf(template)
        .filter((name) => !variableOf(template, name))
        .map((name) => ({
          message: `${called(node)} sends the text "${id}", which names {${name}} without saying what it is.`,
        })),
    );
  },
};
