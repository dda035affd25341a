/** Names of the workflow that processes a batch. */
export const batchWorkflow = 'batch';

/** Process ids contain no colon, so this cannot be the id of an instance. */
export const batchWorkflowId = (batch: string): string => `careloop:batch/${batch}`;
