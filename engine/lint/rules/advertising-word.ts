/**
 * A marketing text with a word that advertisements for aesthetic medicine must not have: absolute terms, promises, cure rates, testimonials
 * (`engine/messages/advertising-words.ts` names the article of each).
 */
import { barredWordsIn } from '../../messages/advertising-words.ts';
import { called, type LintRule } from '../rule.ts';
import { textsToPatients } from '../sent-texts.ts';

export const advertisingWord: LintRule = {
  code: 'advertising-word',
  severity: 'warning',
  hint: 'Say it without that word.',
  of: 'bpmn:FlowNode',
  find(node, scene) {
    return textsToPatients(node, scene)
      .filter(({ isMarketing }) => isMarketing === true)
      .flatMap(({ id, template: { zh } }) =>
        barredWordsIn(`${zh.subject} ${zh.body}`).map(({ word, law }) => ({
          message: `${called(node)} sends the marketing text "${id}" with "${word}", which is barred: ${law}.`,
        })),
      );
  },
};
