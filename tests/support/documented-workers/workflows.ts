/** One job for a worker of others, and its answer: what lies between them is the data converter's. */
import { proxyActivities } from '@temporalio/workflow';

type Jobs = Record<string, (input: unknown, job: unknown) => Promise<unknown>>;

export async function charges(input: unknown, key: string): Promise<unknown> {
  const jobs = proxyActivities<Jobs>({
    taskQueue: 'acme',
    startToCloseTimeout: '1 minute',
    retry: { maximumAttempts: 1 },
  });
  return jobs['acme:charge:1']?.(input, { instance: 'charges', key });
}
