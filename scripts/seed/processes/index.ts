/** Demo data of processes that need more than their definition: one line each, a function of the facility's code. */
import { seedPayments } from './refund/payments.ts';

export const demoData: readonly ((facility: string) => Promise<void>)[] = [seedPayments];
