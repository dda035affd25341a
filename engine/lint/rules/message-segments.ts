/**
 * A text to patients that an SMS carrier counts, and charges, as several messages: 70 characters in one, of a longer one 67 in each, with the
 * signature in its brackets and with values as long as they may be.
 */
import { smsSegments } from '../../messages/sms-segments.ts';
import { longestText } from '../../messages/template-variables.ts';
import { called, type LintRule } from '../rule.ts';
import { textsToPatients } from '../sent-texts.ts';

/** The longest signature that carriers approve: 12 characters, and its brackets. */
const longestSignature = `【${'字'.repeat(12)}】`;

export const messageSegments: LintRule = {
  code: 'message-segments',
  severity: 'info',
  hint: 'Shorten it, if one message shall do.',
  of: 'bpmn:FlowNode',
  find(node, scene) {
    return textsToPatients(node, scene).flatMap(({ id, template }) => {
      const whole = `${longestSignature}${longestText(template, template.zh)}`;
      const segments = smsSegments(whole);
      if (segments === 1) return [];
      return [
        {
          message: `${called(node)} sends the text "${id}" of up to ${whole.length} characters, which counts as ${segments} messages.`,
        },
      ];
    });
  },
};
