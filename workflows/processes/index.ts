/** The workflow types of processes with code of their own: one line each, named by the definition's key, listed in names.ts too. */
export { complaint } from './complaint/workflow.ts';
export { followUp } from './followUp/workflow.ts';
export { refund } from './refund/workflow.ts';
