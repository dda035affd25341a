/**
 * A marketing text with a name or a telephone number in it. An SMS is read by whoever holds the telephone, so it says no more of a person than
 * its purpose needs (PIPL, articles 6 and 28).
 */
import { placeholdersOf } from '../../messages/message-templates.ts';
import { isPersonal, variableOf } from '../../messages/template-variables.ts';
import { called, type LintRule } from '../rule.ts';
import { textsToPatients } from '../sent-texts.ts';

export const personalDataInMessage: LintRule = {
  code: 'personal-data-in-message',
  severity: 'warning',
  hint: 'Leave it out, or address members in general; personal values are for texts about a treatment only.',
  of: 'bpmn:FlowNode',
  find(node, scene) {
    return textsToPatients(node, scene)
      .filter(({ isMarketing }) => isMarketing === true)
      .flatMap(({ id, template }) =>
        placeholdersOf(template)
          .filter((name) => isPersonal(variableOf(template, name) ?? { kind: 'text' }))
          .map((name) => ({
            message: `${called(node)} sends the marketing text "${id}", whose {${name}} is personal data.`,
          })),
      );
  },
};
