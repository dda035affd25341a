/** Temporal clients of API and worker: they seal what they send for its purpose, and accept only sealed answers. */
import { Client, type ConnectionLike, type WorkflowClientInterceptor } from '@temporalio/client';
import { isTooLarge, isUnopened, sealedFor } from '../../workflows/sealing/marks.ts';
import { actingConverter } from './converter.ts';
import type { SealingKeys } from './keys.ts';

/** A result that no worker of ours can have produced. */
class UnsealedAnswerError extends Error {
  override name = 'UnsealedAnswerError';
  constructor() {
    super('The answer was not sealed with the acting key.');
  }
}

/** The result is larger than Temporal accepts; nothing changed. */
export class AnswerTooLargeError extends Error {
  override name = 'AnswerTooLargeError';
  constructor({ megabytes, limit }: { megabytes: string; limit: string }) {
    super(`The answer has ${megabytes} MB, sealed; Temporal takes ${limit} MB.`);
  }
}

export function answered<T>(answer: T): T {
  if (isUnopened(answer)) throw new UnsealedAnswerError();
  if (isTooLarge(answer)) throw new AnswerTooLargeError(answer['careloop:too-large']);
  return answer;
}

/** Without an argument, an empty value is sealed. */
const sealed = (use: string, args: unknown[]): unknown[] =>
  args.length === 0 ? [sealedFor(use, undefined)] : args.map((value) => sealedFor(use, value));

const startUse = 'start';

const sealingInterceptor: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    next({ ...input, options: { ...input.options, args: sealed(startUse, input.options.args) } }),
  signal: (input, next) => next({ ...input, args: sealed(`signal:${input.signalName}`, input.args) }),
  signalWithStart: (input, next) =>
    next({
      ...input,
      signalArgs: sealed(`signal:${input.signalName}`, input.signalArgs),
      options: { ...input.options, args: sealed(startUse, input.options.args) },
    }),
  startUpdate: (input, next) => next({ ...input, args: sealed(`update:${input.updateName}`, input.args) }),
  startUpdateWithStart: (input, next) =>
    next({
      ...input,
      updateArgs: sealed(`update:${input.updateName}`, input.updateArgs),
      workflowStartOptions: {
        ...input.workflowStartOptions,
        args: sealed(startUse, input.workflowStartOptions.args),
      },
    }),
  query: async (input, next) => {
    const isInternal = input.queryType.startsWith('__');
    const args = isInternal ? input.args : sealed(`query:${input.queryType}`, input.args);
    return answered(await next({ ...input, args }));
  },
};

export function sealingClient(connection: ConnectionLike, namespace: string, keys: SealingKeys): Client {
  return new Client({
    connection,
    namespace,
    dataConverter: actingConverter(keys),
    interceptors: { workflow: [sealingInterceptor] },
  });
}
