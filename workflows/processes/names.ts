/** Keys of definitions with a workflow type of their own (index.ts). Importable without workflow code. */
const processesWithCode: readonly string[] = ['complaint', 'followUp', 'refund'];

/** Workflow type of a process: its own, or the generic `process`. */
export const workflowTypeOf = (process: string): string => (processesWithCode.includes(process) ? process : 'process');
