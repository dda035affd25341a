/**
 * Failures as they go to Temporal and come from it. Messages and stack traces can quote what people wrote, so they are payloads and sealed
 * like others. A file that `require` can load: Temporal asks for a path, in the programs (converter.ts) and in the workflow bundle
 * (worker/bundle.ts).
 */
const { ApplicationFailure, DefaultFailureConverter } = require('@temporalio/common');

/** What the SDK answers to the query `__stack_trace` (worker/no-stack-traces.cjs). */
const noStackTraces = 'Workflow stack traces are not enabled on this worker';

/** Sentences that quote nobody: whoever has no key, or asks by a query, must be able to read them. */
const hasFixedSentence = (error) =>
  error.name === 'KeyMissing' ||
  (error instanceof ApplicationFailure &&
    (error.type === 'Unsealed' || error.details?.[0]?.code === 'unsealed' || error.message === noStackTraces));

/** A failure as large as Temporal takes, or its whole workflow task, would never get there. */
const mostLetters = 10_000;
const clipped = (text) => (text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text);

class SealedFailureConverter extends DefaultFailureConverter {
  constructor() {
    super({ encodeCommonAttributes: true });
  }

  errorToFailureInner(error, payloadConverter, context) {
    const failure = super.errorToFailureInner(error, payloadConverter, context);
    const { message, stackTrace } = failure;
    return { ...failure, message: clipped(message ?? ''), stackTrace: clipped(stackTrace ?? '') };
  }

  errorToFailure(error, payloadConverter, context) {
    const failure = super.errorToFailure(error, payloadConverter, context);
    return hasFixedSentence(error) ? { ...failure, message: error.message, encodedAttributes: undefined } : failure;
  }

  /** A worker of others seals with the job key, which puts a mark around what it said (workflows/sealing/marks.ts). */
  failureToError(failure, payloadConverter, context) {
    const { encodedAttributes } = failure;
    const said = encodedAttributes && payloadConverter.fromPayload(encodedAttributes, context)?.['careloop:job'];
    const opened = said === undefined ? {} : { encodedAttributes: payloadConverter.toPayload(said, context) };
    return super.failureToError({ ...failure, ...opened }, payloadConverter, context);
  }
}

exports.failureConverter = new SealedFailureConverter();
