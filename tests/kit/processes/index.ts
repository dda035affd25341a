/** What jobs of the shipped processes answer where all goes well: one line each. */
import type { AnswerFor } from '../answers.ts';
import { refundJobs } from './refund/quiet-jobs.ts';

export const quietJobs: Record<string, AnswerFor> = { ...refundJobs };
