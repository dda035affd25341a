/** Distinguishes an unavailable database, which is retried, from an invalid request, which is not. */
import mongoose from 'mongoose';

const { MongoNetworkError, MongoServerSelectionError, MongoNotConnectedError, MongoTopologyClosedError, MongoError } =
  mongoose.mongo;

/**
 * NotWritablePrimary, InterruptedAtShutdown, ShutdownInProgress, PrimarySteppedDown, …; no response in time
 * (MaxTimeMSExpired 50, NetworkInterfaceExceededTimeLimit 202), no majority (WriteConcernFailed 64,
 * UnsatisfiableWriteConcern 100, FailedToSatisfyReadPreference 133), disk full (OutOfDiskSpace 14031).
 */
const passingCodes = new Set([
  6, 7, 50, 64, 89, 91, 100, 133, 189, 202, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436, 14031,
]);

/** Servers report a full disk under many codes. */
const fullDisk = /no space left|ENOSPC|out of disk space|disk (is )?full/i;

export function isUnavailable(error: unknown): boolean {
  if (
    error instanceof MongoNetworkError ||
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNotConnectedError ||
    error instanceof MongoTopologyClosedError
  )
    return true;
  if (error instanceof MongoError)
    return (
      error.hasErrorLabel('RetryableWriteError') ||
      codesOf(error).some((code) => passingCodes.has(code)) ||
      fullDisk.test(error.message)
    );
  // Mongoose refuses to queue operations before the first connection.
  return (
    error instanceof mongoose.MongooseError && /initial connection|not connected|server selection/i.test(error.message)
  );
}

/** The error's own code, or that of an unsatisfied write concern, after which the write may have been applied. */
function codesOf(error: InstanceType<typeof MongoError>): number[] {
  const { code } = error;
  const result: unknown = 'result' in error ? error.result : undefined;
  const concern =
    typeof result === 'object' && result !== null && 'writeConcernError' in result
      ? result.writeConcernError
      : undefined;
  const concernCode = typeof concern === 'object' && concern !== null && 'code' in concern ? concern.code : undefined;
  return [code, concernCode].map(Number);
}
