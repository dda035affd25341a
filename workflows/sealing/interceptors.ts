/**
 * Seals outgoing values for their use and requires it of incoming ones. An unsealed start fails before doing anything;
 * a signal reaches its handler as `unopened` (runtime/admission.ts journals it); an update or query is refused.
 */
import {
  ApplicationFailure,
  type WorkflowInterceptors,
  type WorkflowOutboundCallsInterceptor,
  workflowInfo,
} from '@temporalio/workflow';
import { refusal } from '../../engine/messages/refusals.ts';
import { refused } from '../runtime/update-answers.ts';
import { forQuery, isJobValue, isSealed, isUnopened, openedFor, sealedFor } from './marks.ts';

const notSealed = (what: string): ApplicationFailure =>
  ApplicationFailure.nonRetryable(`${what} was not sealed with the acting key, so nothing is done.`, 'Unsealed');

/**
 * Fails the workflow task and not the workflow: Temporal repeats it until a worker has the key, and nothing is lost. A start that opened
 * once, and does not when it is replayed, can miss its key only.
 */
class KeyMissingError extends Error {
  override name = 'KeyMissing';
  constructor(key: string) {
    super(
      `The start was sealed with the key "${key}", and no key of this worker opens it. Put it back into CARELOOP_ACTING_KEYS; the instance goes on then.`,
    );
  }
}

const sealed = (use: string, args: unknown[]): unknown[] => args.map((value) => sealedFor(use, value));

/**
 * Value and origin of the single argument. A value that could not be opened stays `unopened`, and one sealed by a
 * person keeps its mark: handlers that do not authenticate it (runtime/admission.ts) do not recognise it.
 */
function argument(use: string, args: unknown[]): unknown[] {
  const [first] = args;
  const opened = openedFor(use, first, 'or-by-a-person');
  if (isUnopened(opened)) return [opened];
  return opened.origin.person ? [first] : [opened.value, opened.origin];
}

function updateArgument(name: string, args: unknown[]): unknown[] {
  const opened = argument(`update:${name}`, args);
  if (isUnopened(opened[0])) throw refused(refusal('unsealed'));
  return opened;
}

/** A continued start is bound to its run: an old state cannot be started again. */
const continueUse = (runId: string): string => `continue:${runId}`;

function startArguments(args: unknown[]): unknown[] {
  const { continuedFromExecutionRunId } = workflowInfo();
  const uses = ['start', ...(continuedFromExecutionRunId ? [continueUse(continuedFromExecutionRunId)] : [])];
  return args.map((value) => {
    if (isUnopened(value) && value.key !== undefined) {
      const isMissing = value['careloop:unopened'] === 'unknown-key' || workflowInfo().unsafe.isReplaying;
      if (isMissing) throw new KeyMissingError(value.key);
    }
    for (const use of uses) {
      const opened = openedFor(use, value);
      if (!isUnopened(opened)) return opened.value;
    }
    throw notSealed('The start');
  });
}

type Scheduled = Parameters<NonNullable<WorkflowOutboundCallsInterceptor['scheduleActivity']>>[0];
type ScheduledLocally = Parameters<NonNullable<WorkflowOutboundCallsInterceptor['scheduleLocalActivity']>>[0];

async function sealedActivity<Input extends Scheduled | ScheduledLocally>(
  input: Input,
  next: (input: Input) => Promise<unknown>,
): Promise<unknown> {
  const { activityType, args } = input;
  // For external jobs: sealed with the job key, and opened where the result is expected.
  if (args.some(isJobValue)) return next(input);
  const opened = openedFor(
    `result:${activityType}`,
    await next({ ...input, args: sealed(`activity:${activityType}`, args) }),
  );
  if (isUnopened(opened)) throw notSealed(`The result of ${activityType}`);
  return opened.value;
}

export const interceptors = (): WorkflowInterceptors => ({
  inbound: [
    {
      async execute(input, next) {
        if (input.args.length === 0) throw notSealed('The start');
        return next({ ...input, args: startArguments(input.args) });
      },
      handleSignal: (input, next) => next({ ...input, args: argument(`signal:${input.signalName}`, input.args) }),
      validateUpdate: (input, next) => next({ ...input, args: updateArgument(input.name, input.args) }),
      handleUpdate: async (input, next) => next({ ...input, args: updateArgument(input.name, input.args) }),
      async handleQuery(input, next) {
        // Results of queries without arguments are sealed, so that a caller without a key learns nothing.
        if (input.args.length === 0) return forQuery(await next(input));
        const [value] = argument(`query:${input.queryName}`, input.args);
        if (isUnopened(value)) throw notSealed('The query');
        // Queries change nothing: anyone who can seal may query, and reads the result where they may decode it.
        return forQuery(await next({ ...input, args: [isSealed(value) ? value.value : value] }));
      },
    },
  ],
  outbound: [
    {
      scheduleActivity: sealedActivity,
      scheduleLocalActivity: sealedActivity,
      startChildWorkflowExecution: (input, next) =>
        next({ ...input, options: { ...input.options, args: sealed('start', input.options.args) } }),
      signalWorkflow: (input, next) => next({ ...input, args: sealed(`signal:${input.signalName}`, input.args) }),
      continueAsNew: (input, next) => next({ ...input, args: sealed(continueUse(workflowInfo().runId), input.args) }),
    },
  ],
});
