/**
 * Somebody else's worker, as a program: activities by the job types as drawn, on its own task queue. Nothing of ours is imported
 * (docs/job-workers.md is all its author has read). Arguments: address of Temporal, namespace, task queue. Says `ready` when it takes work.
 */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
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

Runtime.install({ logger: new DefaultLogger('ERROR') });
const connection = await NativeConnection.connect({ address });
const worker = await Worker.create({ connection, namespace, taskQueue, activities, shutdownGraceTime: 0 });
const running = worker.run();
console.log('ready');
await running;
await connection.close();
