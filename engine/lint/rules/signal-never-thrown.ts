/** A signal that is waited for, and that nothing in the deployed definitions throws: it has to come from outside. */
import { signalsAwaited, thrownIn } from '../messages.ts';
import { called, type LintRule } from '../rule.ts';

const feel = (name: string): boolean => name.startsWith('=');

export const signalNeverThrown: LintRule = {
  code: 'signal-never-thrown',
  severity: 'info',
  hint: 'Make sure that a system or a person throws it through the API, or draw who does.',
  of: 'bpmn:CatchEvent',
  find(event, { diagram, options }) {
    const names = signalsAwaited(event).filter((name) => !feel(name));
    if (names.length === 0) return [];
    const thrown = [...thrownIn(diagram.all('bpmn:FlowNode')), ...(options.thrownSignals ?? [])];
    if (thrown.some(feel)) return [];
    return names
      .filter((name) => !thrown.includes(name))
      .map((name) => ({
        message: `${called(event)} waits for the signal "${name}", which no deployed definition throws.`,
      }));
  },
};
