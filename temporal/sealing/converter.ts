/** The data converter of workers and clients: all payloads are sealed, failures included. */
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import { createActingCodec, createJobCodec } from './codec.ts';
import type { SealingKeys } from './keys.ts';

/** Beside this file, and in dist/ beside the programs. */
export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/** For API and worker. */
export const actingConverter = (keys: SealingKeys): DataConverter => ({
  payloadCodecs: [createActingCodec(keys)],
  failureConverterPath,
});

/** For an external worker. */
export const jobConverter = (job: SealingKeys['job']): DataConverter => ({
  payloadCodecs: [createJobCodec(job)],
  failureConverterPath,
});
