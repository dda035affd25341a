/**
 * Somebody else's worker, as a program: activities by the job types as drawn, on its own task queue. Nothing of ours is imported
 * (docs/job-workers.md is all its author has read: its codec is the one printed there). Arguments: address of Temporal, namespace, task
 * queue. CARELOOP_JOB_KEYS: the job keys. Says `ready` when it takes work.
 */
import { readFile } from 'node:fs/promises';
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure, type PayloadCodec } from '@temporalio/common';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

const [address = '', namespace = '', taskQueue = ''] = process.argv.slice(2);

const activities = {
  async 'acme:charge:1'(input: { cents: number }, context: { businessKey: string; headers: Record<string, string> }) {
    return { receipt: `${context.businessKey}/${input.cents}/${context.headers['currency']}` };
  },
  async 'acme:check:1'(input: { cents: number }) {
    if (input.cents > 1000)
      throw ApplicationFailure.nonRetryable('Too much.', 'BpmnError', 'too-much', { mostCents: 1000 });
    return {};
  },
  async 'acme:shaky:1'() {
    const { attempt } = activityInfo();
    if (attempt < 3) throw new Error(`Attempt ${attempt} fails.`);
    return { attempts: attempt };
  },
  async 'acme:hopeless:1'() {
    throw ApplicationFailure.nonRetryable('The account is closed.');
  },
  async 'acme:odd:1'() {
    return 'done';
  },
};

const page = await readFile(new URL('../../docs/job-workers.md', import.meta.url), 'utf8');
const printed = /```js\n(\/\/ job-codec\.js[\s\S]*?)```/.exec(page)?.[1] ?? '';
const { jobCodec } = (await import(`data:text/javascript,${encodeURIComponent(printed)}`)) as {
  jobCodec(keys: string): PayloadCodec;
};
const dataConverter = { payloadCodecs: [jobCodec(process.env['CARELOOP_JOB_KEYS'] ?? '')] };

Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({
  connection,
  namespace,
  taskQueue,
  activities,
  dataConverter,
  shutdownGraceTime: 0,
});
const running = worker.run();
console.log('ready');
await running;
await connection.close();
