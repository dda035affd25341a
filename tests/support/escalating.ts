/** A process that calls another one, which escalates twice and may end by an error: for tests and golden histories. */
import type { EventDefinition, Plan } from '../../engine/model/plan.ts';
import { aPlan, feel, literal } from '../engine/support/plan.ts';

const escalation = (code: string): { events: EventDefinition[] } => ({
  events: [{ type: 'escalation', code: literal(code), codeVariable: 'heard' }],
});

export function escalatingPlans(): Plan[] {
  const called = aPlan('escalating')
    .add('startEvent', 'Start')
    .add('intermediateThrowEvent', 'Late', {
      ...escalation('late'),
      inputs: [{ source: feel('1 + 2'), target: 'days' }],
    })
    .add('userTask', 'Answer', { user: { candidateGroups: literal('handler') } })
    .add('exclusiveGateway', 'How')
    .add('intermediateThrowEvent', 'Unheard', escalation('unheard'))
    .add('intermediateThrowEvent', 'Stop', escalation('stop'))
    .add('userTask', 'Wait', { user: { candidateGroups: literal('handler') } })
    .add('endEvent', 'Refused', { events: [{ type: 'error', code: literal('refused') }] })
    .flow('Start', 'Late', 'Answer', 'How')
    .branch('How', 'Refused', { condition: 'refuse' })
    .branch('How', 'Unheard', { default: true })
    .flow('Unheard', 'Stop', 'Wait')
    .build();
  const calling = aPlan('escalated')
    .add('startEvent', 'Start')
    .add('callActivity', 'Call', { process: literal('escalating') })
    .boundary('Call', 'OnLate', { ...escalation('late'), interrupting: false })
    .boundary('Call', 'OnStop', escalation('stop'))
    .boundary('Call', 'OnRefused', { events: [{ type: 'error', code: literal('refused'), codeVariable: 'heard' }] })
    .add('userTask', 'Help', { user: { candidateGroups: literal('handler') } })
    .add('endEvent', 'Helped')
    .add('endEvent', 'Stopped')
    .flow('Start', 'Call')
    .flow('OnLate', 'Help', 'Helped')
    .flow('OnStop', 'Stopped')
    .flow('OnRefused', 'Stopped')
    .build();
  return [called, calling];
}
