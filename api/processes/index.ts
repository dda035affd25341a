/** Processes with requests of their own, one line each. */
import { complaintApi } from './complaint/complaint-api.ts';
import { followUpApi } from './followUp/follow-up-api.ts';
import type { ProcessApi } from './process-api.ts';
import { refundApi } from './refund/refund-api.ts';

export const processApis: readonly ProcessApi[] = [complaintApi, followUpApi, refundApi];

/** The process whose own requests alone may send a message or signal of this name. */
export const ownSenderOf = (name: string): ProcessApi | undefined => processApis.find((one) => one.sends?.(name));

export const apiOf = (process: string): ProcessApi | undefined => processApis.find((one) => one.process === process);
