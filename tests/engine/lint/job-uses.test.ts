/** What a deployment says of tasks that use a job type otherwise than its schemas tell. */
import { describe, expect, it } from 'vitest';
import { lint } from '../../../engine/lint/index.ts';
import type { JobSignature } from '../../../engine/model/job-signature.ts';
import { diagramXml, extensions } from '../compile/builders.ts';
import { boundary, end, flows, node, only, start } from './builders.ts';

const pay: JobSignature = {
  input: {
    type: 'object',
    properties: {
      paymentId: { type: 'string', minLength: 1, description: 'Id of the payment.' },
      cents: { type: 'integer', exclusiveMinimum: 0 },
      role: { type: 'string', reference: 'role' },
      way: { type: 'string', enum: ['cash', 'card'] },
    },
    required: ['paymentId', 'cents'],
  },
  output: { type: 'object', properties: { orderId: { type: 'string' } }, additionalProperties: false },
  headers: ['role', 'way'],
  errors: { 'no-cover': 'There is no cover.' },
};

const tell: JobSignature = {
  input: {
    type: 'object',
    properties: {
      to: { type: 'string', reference: 'receiver' },
      template: { type: 'string', reference: 'message-template' },
    },
    additionalProperties: {},
  },
  output: { type: 'object' },
  headers: ['to', 'template'],
  errors: {},
};

const options = {
  jobTypes: ['pay', 'tell'],
  jobSignatures: { pay, tell },
  roles: ['finance', 'president'],
  messageTemplates: { 'leave-granted': { zh: { subject: '请假', body: '{days} 天（{businessKey}）' } } },
};

interface Task {
  type?: string;
  headers?: Record<string, string>;
  inputs?: Record<string, string>;
  outputs?: Record<string, string>;
  inside?: string;
}

const sides = (side: string, mappings: Record<string, string>): string =>
  Object.entries(mappings)
    .map(([target, source]) => `<zeebe:${side} source="${source}" target="${target}"/>`)
    .join('');

const whole = { paymentId: '=payment', cents: '=amount' };

function task({ type = 'pay', headers = {}, inputs = whole, outputs = {}, inside = '' }: Task): string {
  const written = Object.entries(headers).map(([key, value]) => `<zeebe:header key="${key}" value="${value}"/>`);
  const service = node(
    'serviceTask',
    'A',
    extensions(
      `<zeebe:taskDefinition type="${type}"/><zeebe:taskHeaders>${written.join('')}</zeebe:taskHeaders>
       <zeebe:ioMapping>${sides('input', inputs)}${sides('output', outputs)}</zeebe:ioMapping>${inside}`,
    ),
  );
  return `${start}${service}${end}${flows('S>A A>E')}`;
}

const ours = [
  'job-input-missing',
  'job-input-type',
  'unknown-job-header',
  'unknown-job-input',
  'unknown-job-output',
  'error-never-thrown',
  'unknown-role',
  'unknown-message-template',
  'message-text-value-missing',
];

async function codesOf(process: string, roots?: string): Promise<string[]> {
  const { problems } = await lint(diagramXml(process, roots), options);
  return problems.map(({ code }) => code).filter((code) => ours.includes(code));
}

it('a task that matches the signature of its job passes', async () => {
  const outputs = { order: '=orderId', paid: '=cents', at: '=now()', round: '=amount + 1' };
  expect(await codesOf(task({ headers: { role: 'finance', way: 'cash' }, outputs }))).toEqual([]);
});

it('an error refuses the diagram', async () => {
  const { plans, problems } = await lint(diagramXml(task({ headers: { wy: 'cash' } })), options);
  expect(problems[0]).toMatchObject({ severity: 'error', code: 'unknown-job-header', element: 'A', elementName: 'A' });
  expect(plans).toEqual([]);
});

describe('a required input', () => {
  it('must be mapped', async () => {
    const problem = await only('job-input-missing', task({ inputs: { cents: '=amount' } }), { options });
    expect(problem).toMatchObject({
      severity: 'error',
      element: 'A',
      message: 'The job "pay" needs "paymentId" (Id of the payment).',
      hint: 'Add an input mapping for paymentId.',
    });
  });

  it('is looked for under a name that was probably meant', async () => {
    const problem = await only('job-input-missing', task({ inputs: { paymntId: '=p', cents: '=a' } }), { options });
    expect(problem.hint).toBe('Write "paymentId" instead of "paymntId".');
  });

  it('may come from any variable where the task has no input mappings', async () => {
    expect(await codesOf(task({ inputs: {} }))).toEqual([]);
  });
});

describe('a constant', () => {
  it('of the wrong type refuses', async () => {
    const problem = await only('job-input-type', task({ inputs: { ...whole, cents: '12' } }), { options });
    expect(problem).toMatchObject({
      message: 'The job "pay" takes as "cents" a whole number above 0, but gets "12".',
      hint: 'Write FEEL, beginning with "=".',
    });
    expect(await codesOf(task({ inputs: { ...whole, cents: '=1.5' } }))).toEqual(['job-input-type']);
    expect(await codesOf(task({ inputs: { ...whole, cents: '=12' } }))).toEqual([]);
  });

  it('in a header must be one of the values there are', async () => {
    const problem = await only('job-input-type', task({ headers: { way: 'cheque' } }), { options });
    expect(problem.message).toBe('The job "pay" takes as "way" "cash" or "card", but gets "cheque".');
  });

  it('that names a role must name one that exists', async () => {
    const problem = await only('unknown-role', task({ headers: { role: 'presidnt' } }), { options });
    expect(problem).toMatchObject({ severity: 'error', hint: 'Write "president".' });
  });

  it('that names receivers may name roles and the patient, in a header, an input or a listener', async () => {
    const telling = (to: string) => task({ type: 'tell', headers: { to }, inputs: {} });
    expect(await codesOf(telling('patient, finance'))).toEqual([]);
    expect(await codesOf(telling('patient,chief'))).toEqual(['unknown-role']);
    expect(await codesOf(task({ type: 'tell', inputs: { to: 'chief' } }))).toEqual(['unknown-role']);
    expect(await codesOf(task({ type: 'tell', inputs: { to: '=chief' } }))).toEqual([]);
  });
});

it('an input the job does not take is a warning', async () => {
  expect(await only('unknown-job-input', task({ inputs: { ...whole, note: '=n' } }), { options })).toMatchObject({
    severity: 'warning',
    message: 'The job "pay" takes no input "note".',
  });
});

describe('an output mapping', () => {
  it('that reads what the job never answers is a warning', async () => {
    expect(await only('unknown-job-output', task({ outputs: { order: '=ordreId' } }), { options })).toMatchObject({
      severity: 'warning',
      hint: 'Write "orderId".',
    });
  });

  it('may read a variable that something else of the diagram reads or writes', async () => {
    expect(await codesOf(task({ outputs: { order: '=payment' } }))).toEqual([]);
  });

  it('of a registered job type is held against what its registration says it answers', async () => {
    const workers = { courier: { taskQueue: 'q', outputs: ['trackingNumber'] }, silent: { taskQueue: 'q' } };
    const registered = { options: { ...options, workers } };
    const reading = (type: string, source: string) => task({ type, outputs: { code: source } });
    expect(await only('unknown-job-output', reading('courier', '=trackingNumbr'), registered)).toMatchObject({
      severity: 'warning',
      hint: 'Write "trackingNumber".',
    });
    const codes = async (xml: string) =>
      (await lint(diagramXml(xml), registered.options)).problems
        .map(({ code }) => code)
        .filter((code) => ours.includes(code));
    expect(await codes(reading('courier', '=trackingNumber'))).toEqual([]);
    expect(await codes(reading('silent', '=anything'))).toEqual([]);
  });
});

describe('an error event at the border', () => {
  const error = '<bpmn:error id="Err" errorCode="no-cover"/><bpmn:error id="Other" errorCode="no-money"/>';
  const caught = (ref: string): string =>
    task({}) +
    boundary('B', 'A', `<bpmn:errorEventDefinition errorRef="${ref}"/>`) +
    node('endEvent', 'X') +
    flows('B>X');

  it('for a code that the job never throws is a warning', async () => {
    const problem = await only('error-never-thrown', caught('Other'), { options, roots: error });
    expect(problem).toMatchObject({ severity: 'warning', element: 'A', hint: 'It throws no-cover.' });
    expect(await codesOf(caught('Err'), error)).toEqual([]);
  });
});

describe('a message text', () => {
  const telling = (template: string, inputs: Record<string, string> = { days: '=days' }): string =>
    task({ type: 'tell', headers: { template }, inputs });

  it('must be one that the definition brings', async () => {
    expect(await codesOf(telling('leave-granted'))).toEqual([]);
    const problem = await only('unknown-message-template', telling('leave-grantd'), { options });
    expect(problem).toMatchObject({ severity: 'error', hint: 'Write "leave-granted".' });
    const none = await only('unknown-message-template', telling('refused'), { options });
    expect(none.hint).toBe('Add it to messages.json beside the diagram, or use one of: leave-granted.');
  });

  it('names only what the task gives', async () => {
    const problem = await only('message-text-value-missing', telling('leave-granted', { from: '=from' }), { options });
    expect(problem.message).toBe('The message text "leave-granted" names {days}, which the task does not give.');
  });

  it('is pinned in the plan', async () => {
    const { plans } = await lint(diagramXml(telling('leave-granted')), options);
    expect(plans[0]?.messageTemplates).toEqual(options.messageTemplates);
  });
});

it('headers of listeners are looked at, too', async () => {
  const listening = (name: string, headers = {}): string =>
    task({
      headers,
      inside: `<zeebe:executionListeners><zeebe:executionListener eventType="start" type="tell">
        <zeebe:taskHeaders><zeebe:header key="${name}" value="leave-granted"/></zeebe:taskHeaders>
      </zeebe:executionListener></zeebe:executionListeners>`,
    });
  expect(await codesOf(listening('template'))).toEqual([]);
  expect(await codesOf(listening('text'))).toEqual(['unknown-job-header']);
  expect(await codesOf(listening('template', { ofTheListener: 'x' }))).toEqual([]);
});
