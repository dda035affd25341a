/** Which texts a task sends to patients, and in which lane, as far as constants tell. */
import { expect, test } from 'vitest';
import type { JobSignature } from '../../../engine/model/job-signature.ts';
import { extensions } from '../compile/builders.ts';
import { end, flows, node, problemsIn, start } from './builders.ts';

const tell: JobSignature = {
  input: {
    type: 'object',
    properties: {
      to: { reference: 'receiver' },
      template: { type: 'string', reference: 'message-template' },
      lane: { type: 'string', enum: ['service', 'marketing'], default: 'service' },
    },
    additionalProperties: {},
  },
  output: { type: 'object' },
  headers: [],
  errors: {},
};
const options = {
  jobTypes: ['tell'],
  jobSignatures: { tell },
  messageTemplates: {
    offer: { zh: { subject: '活动', body: '本周会员活动。' } },
    reminder: { zh: { subject: '提醒', body: '提醒您拆线。拒收请回复R' } },
  },
};

async function found(inputs: { to: string; template: string; lane?: string }) {
  const mappings = Object.entries(inputs).map(
    ([target, source]) => `<zeebe:input source='${source}' target="${target}"/>`,
  );
  const inside = `<zeebe:taskDefinition type="tell"/><zeebe:ioMapping>${mappings.join('')}</zeebe:ioMapping>`;
  const sends = node('serviceTask', 'A', extensions(inside));
  const problems = await problemsIn(`${start}${sends}${end}${flows('S>A A>E')}`, { options });
  return problems.filter(({ code }) => code === 'opt-out-missing').map(({ message }) => message);
}

const marketing = '"A" sends the marketing text "offer", which does not say how to stop it.';

test('constants are found in FEEL and in lists', async () => {
  expect(await found({ to: 'handler,patient', template: 'offer', lane: 'marketing' })).toEqual([marketing]);
  const inFeel = {
    to: '=["handler", "patient"]',
    template: '="off" + "er"',
    lane: '=if true then "marketing" else null',
  };
  expect(await found(inFeel)).toEqual([marketing]);
  expect(await found({ ...inFeel, to: '=["handler"]' })).toEqual([]);
});

test('without a lane its default counts', async () => {
  expect(await found({ to: 'patient', template: 'offer' })).toEqual([]);
  expect(await found({ to: 'patient', template: 'reminder' })).toEqual([
    '"A" sends the text "reminder" about a treatment, which offers to stop it as marketing does.',
  ]);
});

test('a lane that is evaluated at run time is reported for each text that may be sent', async () => {
  const lane = '=if member then "marketing" else "service"';
  const told = (id: string) => `"A" works out the lane of the text "${id}" while it runs.`;
  expect(await found({ to: 'patient', template: 'reminder', lane })).toEqual([told('reminder')]);
  expect(await found({ to: 'patient', template: '=chosen', lane })).toEqual([told('offer'), told('reminder')]);
});
