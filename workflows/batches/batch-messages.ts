/** Names of the workflow that works off a batch of migrations or modifications. */
export const batchWorkflow = 'batch';

/** No process id holds a colon: it meets no instance. */
export const batchWorkflowId = (batch: string): string => `careloop:batch/${batch}`;
