/**
 * An activity done for each of ten thousand items, with what each gives out collected: one after the other and side by side, as a script,
 * as a local job and as a job of its own; how long it takes, in how many runs, and how large their histories grow.
 * `npm run bench -- items [--items=10000] [--bytes=40] [--only=NAME] [--longest=SECONDS]`
 */
import { createHash } from 'node:crypto';
import { type Client, WorkflowFailedError, type WorkflowHandle } from '@temporalio/client';
import { compile } from '../engine/compile/index.ts';
import { instanceId } from '../engine/model/keys.ts';
import { saveDefinition } from '../store/definitions/definitions.ts';
import { type StartInput, startPresentation } from '../workflows/runtime/instance-messages.ts';
import { type ItemKind, itemDefinition, itemKinds } from './support/item-definition.ts';
import { load, option, rounded, table, textOption } from './support/numbers.ts';
import { withServers } from './support/servers.ts';

const count = option('items', 10_000);
/** About how large an item is as JSON. */
const bytes = option('bytes', 40);
const maxSeconds = option('longest', 1800);
const only = textOption('only');

const items = Array.from({ length: count }, (_, n) => ({ n, text: 'x'.repeat(Math.max(0, bytes - 20)) }));

async function deploy(kind: ItemKind): Promise<string> {
  const xml = itemDefinition(kind);
  const { plans, problems } = await compile(xml, {});
  const [plan] = plans;
  if (!plan) throw new Error(problems.map(({ message }) => message).join(' '));
  const text = JSON.stringify(plan);
  const hash = createHash('sha256').update(text).digest('hex');
  await saveDefinition({
    process: plan.key,
    name: plan.name,
    hash,
    xmlHash: hash,
    xml,
    plan: text,
    messageStarts: [],
    warnings: [],
    deployedAt: new Date().toISOString(),
    deployedBy: 'ops',
  });
  return plan.key;
}

interface Runs {
  runs: number;
  events: number;
  maxEvents: number;
  bytes: number;
  maxBytes: number;
}

/** All runs of a workflow; the list of the server knows the last one a moment later. */
async function runsOf(client: Client, workflowId: string): Promise<Runs> {
  for (;;) {
    const sizes: { events: number; bytes: number }[] = [];
    let open = 0;
    for await (const { status, historyLength, historySize } of client.workflow.list({
      query: `WorkflowId = "${workflowId}"`,
    })) {
      if (status.name === 'RUNNING') open += 1;
      sizes.push({ events: historyLength, bytes: historySize ?? 0 });
    }
    if (sizes.length > 0 && open === 0) {
      const events = sizes.map((size) => size.events);
      const all = sizes.map((size) => size.bytes);
      const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
      return {
        runs: sizes.length,
        events: sum(events),
        maxEvents: Math.max(...events),
        bytes: sum(all),
        maxBytes: Math.max(...all),
      };
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** A server under load may be late with an answer: asked again, unless the workflow itself has failed. */
async function outcomeOf(handle: WorkflowHandle): Promise<unknown> {
  for (;;) {
    try {
      return await handle.result();
    } catch (error) {
      if (error instanceof WorkflowFailedError) return error;
    }
  }
}

await withServers(async ({ client, worker: start }) => {
  const worker = await start('items', 'items');
  const rows: string[][] = [];
  const named = itemKinds.filter(({ name }) => name === only);
  const kinds = named.length > 0 ? named : itemKinds.filter(({ name }) => only === undefined || name.includes(only));
  for (const kind of kinds) {
    const process = await deploy(kind);
    const input: StartInput = {
      process,
      businessKey: 'K1',
      facility: 'BJ',
      startedBy: { id: 'consultant-bj', role: 'consultant' },
      variables: { items },
    };
    const workflowId = instanceId(process, input.businessKey);
    const before = await worker.cpuMs();
    const begun = performance.now();
    const handle = await client.workflow.start('process', {
      workflowId,
      taskQueue: 'items',
      args: [input],
      workflowExecutionTimeout: maxSeconds * 1000,
      ...startPresentation(input),
    });
    const ended = await outcomeOf(handle);
    const seconds = (performance.now() - begun) / 1000;
    const cpu = (await worker.cpuMs()) - before;
    if (ended instanceof Error) {
      rows.push([kind.name, `${ended.message}: ${ended.cause}`, rounded(seconds), '', '', '', '']);
      continue;
    }
    const { variables } = ended as { variables: { results?: unknown[] } };
    const right = variables.results?.length === count && variables.results.every((result, n) => result === 2 * n);
    const { runs, events, maxEvents, ...size } = await runsOf(client, workflowId);
    rows.push([
      kind.name,
      right ? 'all, in order' : 'WRONG',
      rounded(seconds),
      rounded((cpu / count) * 1, 2),
      `${runs}`,
      `${rounded(events, 0)} (${rounded(maxEvents, 0)})`,
      `${rounded(size.bytes / 1e6)} (${rounded(size.maxBytes / 1e6)})`,
    ]);
  }
  console.log(`${count} items of ${bytes} bytes; load ${load()}\n`);
  const head = [
    '',
    'results',
    'seconds',
    'worker CPU per item, ms',
    'runs',
    'events (largest run)',
    'MB (largest run)',
  ];
  console.log(table(head, rows));
});
