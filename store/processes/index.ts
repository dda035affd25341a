/** Processes with collections of their own, one line each. */
import { complaintStore } from './complaint/complaint-store.ts';
import { followUpStore } from './followUp/follow-up-store.ts';
import type { ProcessStore } from './process-store.ts';
import { refundStore } from './refund/refund-store.ts';

export const processStores: readonly ProcessStore[] = [complaintStore, followUpStore, refundStore];

export const storeOf = (process: string): ProcessStore | undefined =>
  processStores.find((one) => one.process === process);
