/** A user task without a form: whoever completes it is asked nothing, and nothing that comes is checked. */
import { extensionOf } from '../../compile/extensions.ts';
import { called, type LintRule } from '../rule.ts';

export const missingForm: LintRule = {
  code: 'missing-form',
  severity: 'info',
  hint: 'Give it a form, if something is decided or entered here.',
  of: 'bpmn:UserTask',
  find(task) {
    return extensionOf(task, 'zeebe:FormDefinition')
      ? []
      : [{ message: `${called(task)} has no form: nothing is asked, and what comes back is not checked.` }];
  },
};
