/** Failures of the evaluation of an expression. */

/** It does not parse, or holds what cannot be run. */
export class FeelSyntaxError extends Error {
  /** Offset in the source. */
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** An expression of a diagram that cannot be computed, or a missing name. */
export class FeelFailure extends Error {
  readonly code: 'missing-variable' | 'expression-failed';
  /** Offset in the source, where it is known. */
  readonly offset: number | undefined;
  constructor(message: string, offset?: number, code: FeelFailure['code'] = 'expression-failed') {
    super(message);
    this.offset = offset;
    this.code = code;
  }
}

/** A limit was met; becomes the failure of the whole evaluation. */
export class FeelLimit extends Error {}

/** Too deep, too long or too many: by a limit of ours, or by one of the language (the stack, the length of a text). */
export const isLimit = (failure: unknown): boolean => failure instanceof FeelLimit || failure instanceof RangeError;
