/** What leaves an instance with an event stays below what Temporal takes at once, or is an incident where it would be thrown. */
import { expect, test } from 'vitest';
import { aPlan, feel, literal, type PlanBuilder } from './support/plan.ts';
import { play } from './support/play.ts';

const inputs = [{ source: feel('report'), target: 'report' }];
const thrown = (builder: PlanBuilder, kind: 'intermediateThrowEvent' | 'endEvent', event: object): PlanBuilder =>
  builder.add(kind, 'It', { events: [event as never], inputs });

test.each<[string, string, (builder: PlanBuilder) => PlanBuilder]>([
  [
    'a message',
    'publish-message',
    (builder) => thrown(builder, 'intermediateThrowEvent', { type: 'message', name: literal('m') }),
  ],
  [
    'a message at the end',
    'publish-message',
    (builder) => thrown(builder, 'endEvent', { type: 'message', name: literal('m') }),
  ],
  [
    'a signal',
    'broadcast-signal',
    (builder) => thrown(builder, 'intermediateThrowEvent', { type: 'signal', name: literal('s') }),
  ],
  [
    'an escalation',
    'escalate',
    (builder) => thrown(builder, 'intermediateThrowEvent', { type: 'escalation', code: literal('e') }),
  ],
  [
    'a send task',
    'publish-message',
    (builder) => builder.add('sendTask', 'It', { job: undefined as never, message: { name: literal('m') }, inputs }),
  ],
])('%s', (_what, command, draw) => {
  const plan = draw(aPlan().add('startEvent', 'Start')).flow('Start', 'It').build();
  const p = play(plan, { report: '大'.repeat(700_000) });
  expect(p.incident('It')).toMatchObject({ code: 'thrown-too-large', params: { megabytes: '2.1', limit: '2.0' } });
  expect(p.commands.filter((one) => one.do === command)).toEqual([]);
  p.set({ report: '小' }).retry('It');
  expect(p.commands.filter((one) => one.do === command)).toHaveLength(1);
});
