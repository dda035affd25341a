/** An error a person can act on: a stable code, a sentence, and what to do. Anything else that is thrown is a fault of ours. */
export interface Failure extends Error {
  code: string;
  advice?: string | undefined;
}

export function failure(code: string, message: string, advice?: string): Failure {
  return Object.assign(new Error(message), { code, advice });
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'code' in error && 'advice' in error;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
