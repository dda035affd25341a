/** Names of the workflow that carries out a batch of migrations or modifications. */
export const batchWorkflow = 'batch';

/** No process id holds a colon: it meets no instance. */
export const batchWorkflowId = (batch: string): string => `careloop:batch/${batch}`;
