/**
 * A marketing text that does not say how to stop it, or one about a treatment that does. Commercial messages must carry it (通信短信息服务管理规定, 2015),
 * and carriers refuse it in notices. Of a lane that is worked out while the task runs nobody knows which of the two it is.
 */
import { hasOptOutWording } from '../../messages/opt-out-wording.ts';
import { called, type Finding, type LintRule } from '../rule.ts';
import { textsToPatients } from '../sent-texts.ts';

export const optOutMissing: LintRule = {
  code: 'opt-out-missing',
  severity: 'warning',
  hint: 'End marketing texts with 拒收请回复R; leave it out of texts about a treatment.',
  of: 'bpmn:FlowNode',
  find(node, scene) {
    return textsToPatients(node, scene).flatMap(({ id, template, isMarketing }): Finding[] => {
      if (isMarketing === 'unknown')
        return [
          { message: `${called(node)} works out the lane of the text "${id}" while it runs.`, hint: constantLane },
        ];
      if (hasOptOutWording(template.zh.body) === isMarketing) return [];
      return [
        {
          message: isMarketing
            ? `${called(node)} sends the marketing text "${id}", which does not say how to stop it.`
            : `${called(node)} sends the text "${id}" about a treatment, which offers to stop it as marketing does.`,
        },
      ];
    });
  },
};

const constantLane =
  'Give the lane as a constant, with a task for each, so that it is known which texts are marketing.';
