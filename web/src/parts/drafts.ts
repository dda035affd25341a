/** What was typed and not submitted, kept in this browser: it survives a reload, an expired session, a restart of the server. */
const prefix = 'careloop.draft.';

export function keepDraft(task: string, data: Record<string, unknown>): void {
  try {
    sessionStorage.setItem(prefix + task, JSON.stringify(data));
  } catch {
    // Without room for it the form still works.
  }
}

export function readDraft(task: string): Record<string, unknown> | undefined {
  const text = sessionStorage.getItem(prefix + task);
  return text === null ? undefined : (JSON.parse(text) as Record<string, unknown>);
}

export function dropDraft(task: string): void {
  sessionStorage.removeItem(prefix + task);
}
