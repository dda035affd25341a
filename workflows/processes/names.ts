/** Keys of the definitions that have a workflow type of their own (index.ts). Importable without workflow code. */
const processesWithCode: readonly string[] = ['complaint', 'followUp', 'refund'];

/** The workflow type that runs a process: its own, or `process`, which runs any definition. */
export const workflowTypeOf = (process: string): string => (processesWithCode.includes(process) ? process : 'process');
