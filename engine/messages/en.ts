/** The English words of the engine's incidents, refusals and reports. The same codes and parameters as in the other language. */

import type { ExpectedType, ExpressionPart, IncidentParams } from '../model/incidents.ts';
import type { JsonExcess } from '../model/json-limits.ts';
import type { Catalogue } from './catalogue.ts';

const parts: Record<ExpressionPart, string> = {
  'activation-condition': 'activation condition',
  'active-elements': 'active elements collection',
  assignee: 'assignee',
  'business-key': 'business key',
  'called-process': 'called process',
  'candidate-groups': 'candidate groups',
  'candidate-users': 'candidate users',
  'completion-condition': 'completion condition',
  condition: 'condition',
  'correlation-key': 'correlation key',
  'data-assignment': 'data assignment',
  'data-transformation': 'data transformation',
  decision: 'decision id',
  'due-date': 'due date',
  'error-code': 'error code',
  'escalation-code': 'escalation code',
  'event-condition': 'condition of a multi-instance event',
  'excluded-users': 'excluded users',
  'flow-condition': 'flow condition',
  'follow-up-date': 'follow-up date',
  'input-collection': 'input collection',
  'input-mapping': 'input mapping',
  'job-type': 'job type',
  'listener-type': 'listener job type',
  'loop-cardinality': 'loop cardinality',
  'loop-condition': 'loop condition',
  'loop-maximum': 'loop maximum',
  'message-name': 'message name',
  'output-element': 'output element',
  'output-mapping': 'output mapping',
  priority: 'priority',
  retries: 'retries',
  script: 'script',
  'signal-name': 'signal name',
  timer: 'timer',
};

const types: Record<ExpectedType, string> = {
  boolean: 'true or false',
  text: 'text',
  list: 'a list',
  'list-of-text': 'a list of text',
  number: 'a number',
  priority: 'a whole number from 0 to 100',
  'whole-number': 'a whole number',
  'staff-id': 'a staff id',
};

function partOf({ part, name }: { part: ExpressionPart; name?: string }): string {
  return name === undefined ? parts[part] : `${parts[part]} of "${name}"`;
}

function excess(of: JsonExcess): string {
  switch (of.reason) {
    case 'depth':
      return `are nested deeper than ${of.limit} levels`;
    case 'size':
      return `have more than ${of.limit} letters`;
    case 'type':
      return 'are no object of JSON';
  }
}

function incident(params: IncidentParams): string {
  switch (params.reason) {
    case 'evaluation':
      return `The ${partOf(params)} "${params.expression}" cannot be evaluated: ${params.cause}`;
    case 'variable-missing':
      return `The ${partOf(params)} "${params.expression}" uses a variable that does not exist: ${params.cause}`;
    case 'wrong-type':
      return `The ${partOf(params)} must be ${types[params.expected]}.`;
    case 'cardinality-missing':
      return 'The multi-instance activity has neither a cardinality nor a collection.';
    case 'activity-outside':
      return 'The active elements collection names an activity that is not in this subprocess.';
    case 'no-condition-holds':
      return 'No condition holds and there is no default flow.';
    case 'visit-limit':
      return `The element was entered ${params.visits} times within one step.`;
    case 'timer-chain':
      return `${params.timers} timers in a row have set each other off within ten minutes, without anything from a person, a job or a message.`;
    case 'element-kind':
      return `Elements of kind ${params.kind} are not executed.`;
    case 'decision-missing':
      return 'No decision is named.';
    case 'message-missing':
      return 'No message is named.';
    case 'loop-missing':
      return 'The loop is not defined.';
    case 'event-not-thrown':
      return `An event of type ${params.event} cannot be thrown.`;
    case 'event-not-caught':
      return `An event of type ${params.event} cannot be caught.`;
    case 'link-target-missing':
      return `There is no catching link event named "${params.name}".`;
    case 'outside-transaction':
      return 'The cancel event is not inside a transaction.';
    case 'decision-unknown':
      return `There is no decision "${params.decision}"${params.tag === undefined ? '' : ` with version tag "${params.tag}"`}.`;
    case 'decision-variables':
      return `The decision "${params.decision}" uses variables that do not exist: ${params.missing.map((name) => `"${name}"`).join(', ')}.`;
    case 'decision-evaluation':
      return `The decision "${params.decision}" has no result: ${params.cause}`;
    case 'call-depth':
      return `The called process would be at call depth ${params.depth}; the limit is ${params.limit}.`;
    case 'business-key-length':
      return `A business key of ${params.process} has at most ${params.limit} bytes as a part of an id: a letter A to Z, a digit, _ and - counts 1, a Chinese character or another sign of ASCII 3, all others 6 to 12.`;
    case 'instance-count':
      return `The activity would have ${params.count} instances; the limit is ${params.limit}.`;
    case 'descendants':
      return `The first instance of its lineage has led to ${params.limit} instances within a day, by calls, messages and signals.`;
    case 'no-occurrence':
      return 'The timer cycle has no occurrence.';
    case 'not-a-time':
      return `The ${parts[params.part]} "${params.expression}" is not a date${params.part === 'timer' ? ' or duration' : ''}.`;
    case 'time-invalid':
      return `The ${parts[params.part]} "${params.expression}" is invalid: ${params.cause}`;
    case 'dates-of-calendar':
      return `The working calendar does not give the dates: ${params.cause}`;
    case 'error-uncaught':
      return params.cause === undefined
        ? `No event catches the BPMN error "${params.errorCode}".`
        : `No event catches the BPMN error "${params.errorCode}": ${params.cause}`;
    case 'job':
    case 'call':
      return params.cause;
    case 'job-timeout':
      return `The worker did not finish within ${params.timeout}.`;
    case 'heartbeat-timeout':
      return `The worker sent no heartbeat for ${params.timeout} and may have stopped.`;
    case 'queue-timeout':
      return `No worker on task queue "${params.taskQueue}" took the job of type "${params.jobType}" within ${params.timeout}: none is running, or all are busy.`;
    case 'job-type-unregistered':
      return `The job type "${params.jobType}" is not registered.`;
    case 'job-result-type':
      return `A worker for job type "${params.jobType}" must return an object of variables; it returned ${params.got}.`;
    case 'job-result-unsealed':
      return `The result of the job of type "${params.jobType}" was not sealed with the job key.`;
    case 'job-input-size':
      return `The input of the job has ${params.megabytes} MB; Temporal accepts ${params.limit} MB: map only the variables it needs.`;
    case 'job-result-size':
      return `What the job brings is too large${params.megabytes === undefined ? '' : ` (${params.megabytes} MB)`}; Temporal accepts ${params.limit ?? '2.0'} MB at a time: let it bring less, or an id of it.`;
    case 'thrown-size':
      return `What is to be thrown has ${params.megabytes} MB; Temporal accepts ${params.limit} MB: map only the variables that are needed.`;
    case 'record':
      return `What is kept of the steps of this instance could not be made (${params.what}): ${params.cause}`;
    case 'error-code-missing':
      return `${params.cause} (the BPMN error has no code)`;
    case 'listener':
      return `The listener (${params.listener}) failed: ${incident(params.failure)}`;
    case 'listener-correction':
      return `The listener (${params.listener}) returned an invalid correction of "${params.correction}".`;
    case 'listener-denial':
      return `The listener (${params.listener}) cannot deny: creating and cancelling a task cannot be denied.`;
    case 'call-cancelled':
      return 'The called process was cancelled.';
    case 'call-terminated':
      return 'The called process was terminated from outside.';
    case 'assignee-unknown':
      return `The task is assigned to "${params.assignee}", which is not an active member of staff.`;
    case 'candidates-unknown':
      return `None of the candidates (${params.candidates.join(', ')}) can act at this facility.`;
    case 'assignment-empty':
      return 'Assignee and candidates are empty, so no one could see the task.';
    case 'flows-unreachable':
      return 'No running step can reach the flows the join waits for.';
    case 'internal':
      return `The engine failed as it processed "${params.event}", and the step was not done: ${params.cause}`;
    case 'step-budget':
      return params.of === 'tokens'
        ? `More than ${params.limit} tokens were under way in one step as "${params.event}" was processed; the step was not done.`
        : `Expressions made more than ${params.limit} letters in one step as "${params.event}" was processed; the step was not done.`;
    case 'variables-excess':
      return `The variables of "${params.event}" ${excess(params.excess)}; they were not taken.`;
    case 'rows-refused':
      return `The database refuses ${params.rows.join(', ')}: ${params.cause} Everything else is written, and the instance goes on.`;
    case 'state-size':
      return `The data of the instance has ${params.megabytes} MB; Temporal accepts ${params.limit} MB, so the instance cannot continue as new. It stays in this run until Temporal ends it at 51,200 history events.`;
  }
}

export const en: Catalogue = {
  incidents: {
    'bad-timer': { title: 'Invalid timer', hint: 'Correct the variables of the timer, then retry.' },
    'business-key-too-long': {
      title: 'Business key too long',
      hint: 'Correct the variable the business key comes from, then retry; if the id of the process is too long, correct the definition and migrate.',
    },
    'call-failed': { title: 'Called process failed', hint: 'Open the called process, remove the cause, then retry.' },
    'call-too-deep': {
      title: 'Call depth limit exceeded',
      hint: 'The process probably calls itself recursively: correct the variables that decide whether it calls again, then retry; or correct the definition and migrate.',
    },
    'decision-failed': {
      title: 'Decision failed',
      hint: 'Correct the variables the decision uses, then retry; if its rules are wrong, correct the table, deploy and migrate.',
    },
    'endless-loop': {
      title: 'Endless loop',
      hint: 'Correct the variables of the loop condition, then retry; let a loop of timers wait longer: correct the definition and migrate.',
    },
    'expression-failed': {
      title: 'Expression failed',
      hint: 'Correct the variables the expression uses, then retry; if the expression is wrong, correct the definition and migrate.',
    },
    'expression-too-costly': {
      title: 'Expression too costly',
      hint: 'Give the expression less data, then retry; if it costs too much by itself, correct the definition and migrate.',
    },
    'job-failed': {
      title: 'Job failed',
      hint: 'Remove the cause, then retry; if an input is wrong, first set the variable of this step (scope: the key of the incident).',
    },
    'join-unreachable': {
      title: 'Join cannot complete',
      hint: 'Correct the definition and migrate, or cancel the instance.',
    },
    'missing-variable': { title: 'Missing variable', hint: 'Set the missing variable, then retry.' },
    'no-flow': {
      title: 'No outgoing flow',
      hint: 'Correct the variables of the conditions, then retry; or add a default flow and migrate.',
    },
    'no-worker': {
      title: 'No worker available',
      hint: 'Start a worker that serves this activity on that task queue. The job stays in the queue and continues when a worker takes it; no retry is needed.',
    },
    'unknown-assignee': {
      title: 'Unknown assignee',
      hint: 'Assign the task to another person; or correct the variable the assignee comes from, then retry.',
    },
    'no-eligible-user': {
      title: 'No eligible person',
      hint: 'Assign the task to a person; or give the role to a member of staff of the facility, then retry.',
    },
    'assigned-to-nobody': {
      title: 'Task without assignee and candidates',
      hint: 'Correct the variables the assignee or the candidates come from, then retry.',
    },
    'internal-error': {
      title: 'Internal error',
      hint: 'The event is kept: correct variables or update the program, then retry; a skip gives it up.',
    },
    'step-too-long': {
      title: 'Step too long',
      hint: 'Look for loops without a wait and for wrong quantities; correct variables or migrate, then retry. A skip gives the event up.',
    },
    'variables-rejected': {
      title: 'Variables not taken',
      hint: 'Have the sender correct the variables and send them again. An instance that has not begun begins by a retry, once its variables are set; otherwise a retry only clears this.',
    },
    'rows-refused': {
      title: 'Rows refused by the database',
      hint: 'Lists, tasks or the journal may be incomplete; what the instance itself says (explain, variables) holds. Correct the variables in them (too large, or a name the database does not take); the next write that is taken resolves this without a retry.',
    },
    'state-too-large': {
      title: 'Instance data too large',
      hint: 'Set large variables to null, or replace them by ids that jobs look up (set variables); once the data is small enough, the instance continues without a retry.',
    },
    'thrown-too-large': {
      title: 'Thrown data too large',
      hint: 'Map only the variables that whoever receives it needs, or set large ones to null or to ids (set variables), then retry.',
    },
    'record-failed': {
      title: 'Record could not be made',
      hint: 'The step itself holds. Correct the variables it is made of, or have the fault mended in a new version of the worker, then retry; each further step of the instance makes it again, too.',
    },
    'too-many-descendants': {
      title: 'Too many descendants',
      hint: 'The process probably starts itself without end, by calls, messages or signals: correct the definition, cancel what is superfluous (a batch can select by the first instance), then migrate and retry. If it is regular work, raise CARELOOP_DESCENDANTS_PER_DAY, then retry.',
    },
    'too-many-instances': {
      title: 'Too many instances',
      hint: 'Correct the variable the count or the collection comes from, then retry; if there really are that many, split them over several processes.',
    },
    'unhandled-error': {
      title: 'Unhandled BPMN error',
      hint: 'Remove the cause, then retry; or add an event that catches this error and migrate.',
    },
    'unknown-job-type': {
      title: 'Unknown job type',
      hint: 'Register the task queue of this job type (PUT /api/job-types/…), or correct the variable the type comes from; then retry.',
    },
    unsupported: { title: 'Element not executable', hint: 'Correct the definition and migrate.' },
  },
  incident,
  refusals: {
    'no-candidates': {
      message: 'The task is assigned to you and has no candidates: after returning it, no one could see it.',
      hint: 'Ask a leader of the process, or the operators, to assign it to another person.',
    },
    'already-claimed': {
      message: 'Another person has already claimed this task.',
      hint: 'Ask that person to return it, or a director to assign it.',
    },
    'answer-too-large': {
      message: 'The answer is too large to be fetched at once.',
      hint: 'Look at one variable or scope, or ask the operators to make the large ones smaller.',
    },
    'already-paused': { message: 'The schedule is already paused.', hint: 'Resume it to continue.' },
    'bad-time-to-live': {
      message: 'The time to live is not a valid duration.',
      hint: 'Write it in ISO 8601, for instance PT1H.',
    },
    'cannot-skip': {
      message: 'This incident cannot be skipped: the outgoing flow is unknown.',
      hint: 'Correct the data and retry, or move the token to another element.',
    },
    'clock-is-real': {
      message: 'The process time of this instance is real time and cannot be put forward.',
      hint: 'Only a drill, started with a clock of its own, can be put forward.',
    },
    'decisions-needed': {
      message: 'The migration needs decisions; nothing was changed.',
      hint: 'Map each line of the report that needs a decision, then migrate.',
    },
    'denied-by-listener': {
      message: 'A listener of the process denied this act.',
      hint: 'Correct what the reason names, then try again.',
    },
    'flow-needed': {
      message: 'This element is a join: name the flow by which the token arrives.',
      hint: 'Give the flow, or start after the join.',
    },
    'flow-wrong': { message: 'This flow does not lead to the element.', hint: 'Check the id of the flow.' },
    'form-invalid': {
      message: 'The form contains invalid values.',
      hint: 'Correct the fields listed, then submit again.',
    },
    'inner-instance': {
      message: 'This is one instance of a repeated activity and cannot be moved or cancelled alone.',
      hint: 'Name the activity as a whole.',
    },
    'join-count': {
      message: 'This would leave a join with one token too many, or waiting for one that cannot arrive.',
      hint: 'Change that join as well: move it, cancel it, or add the missing token.',
    },
    malformed: {
      message: 'The payload of this request is incomplete or malformed.',
      hint: 'Check it against the API description.',
    },
    'mapping-unknown': {
      message: 'The mapping names elements that are in neither definition.',
      hint: 'Check the ids of the elements.',
    },
    'named-twice': { message: 'The same item is named twice.', hint: 'Give one instruction for each item.' },
    'message-not-expected': {
      message: 'The instance does not currently wait for this message.',
      hint: 'Check the name and correlation key; give a time to live if the message may arrive early.',
    },
    'not-a-token': {
      message: 'This item cannot be moved or cancelled on its own.',
      hint: 'Name the task, subprocess or gateway it belongs to.',
    },
    'not-active': { message: 'The instance is not running.', hint: 'Reload to see how it ended.' },
    'not-evaluated': {
      message: 'An expression of the element to start cannot be evaluated.',
      hint: 'Correct the variables first.',
    },
    'not-paused': { message: 'The schedule is not paused.', hint: 'There is nothing to resume.' },
    'not-startable': {
      message: 'An instance cannot be started at this element.',
      hint: 'Name a task, event, gateway or subprocess; boundary events and event subprocesses start only when they are triggered.',
    },
    'not-the-assignee': {
      message: 'This task is not assigned to you.',
      hint: 'Claim it first, or ask a director to assign it.',
    },
    'nothing-after': { message: 'No flow leads out of this element.', hint: 'Name another element.' },
    'nothing-there': { message: 'No token waits at this element.', hint: 'Reload to see the current state.' },
    'nothing-to-do': { message: 'The request contains no instructions.', hint: 'Give at least one instruction.' },
    'nothing-to-retry': { message: 'There is no incident to retry here.', hint: 'Reload to see the current state.' },
    'nothing-to-skip': {
      message: 'There is no incident to skip here.',
      hint: 'Only incidents can be skipped: complete tasks, and move other waits with a modification.',
    },
    'identity-fixed': {
      message: 'Business key, facility, starter and time of the start are fixed when an instance begins.',
      hint: 'Leave out the names listed.',
    },
    'not-declared': {
      message: 'Variables were sent that the diagram does not declare here.',
      hint: 'Leave out the names listed, or declare them in the diagram: in a form or an output mapping.',
    },
    'money-element': {
      message: 'A step that moves money cannot be skipped.',
      hint: 'Remove the cause and retry it, or cancel the instance, which releases what is reserved.',
    },
    'other-instance': {
      message: 'What was sealed does not name this instance.',
      hint: 'Name it in the payload as `instance`, by its workflow id, and seal it again.',
    },
    'other-person': {
      message: 'This names another person than the one who sealed it.',
      hint: 'Leave `by` out: what is sealed at the codec endpoint is the act of whoever is logged in there.',
    },
    'other-process': {
      message: 'The target definition belongs to another process.',
      hint: 'Migrate to another version of the same process.',
    },
    'own-application': {
      message: 'A person must not decide on their own application.',
      hint: 'Leave the decision to another person with this role.',
    },
    'reason-missing': { message: 'A reason is required.', hint: 'Enter a reason, then try again.' },
    'role-not-held': {
      message: 'Whoever sealed this does not hold a role at this facility that may do it.',
      hint: 'Leave it to somebody who does.',
    },
    'scope-ambiguous': {
      message: 'Several instances of the enclosing subprocess are running.',
      hint: 'Name one by its wait key (scope).',
    },
    'scope-cancelled': {
      message: 'Another instruction cancels the scope of the element to start.',
      hint: 'Remove one of the two instructions.',
    },
    'scope-not-active': {
      message: 'The subprocess that contains the element is not running.',
      hint: 'Start that subprocess instead, or allow it to be created (createScopes).',
    },
    'scope-not-creatable': {
      message:
        'The subprocess that contains the element cannot be created: it is a multi-instance or an event subprocess.',
      hint: 'Start the subprocess as a whole.',
    },
    'scope-wrong': { message: 'The scope named does not contain the element.', hint: 'Check the scope.' },
    'seal-expired': {
      message: 'This was sealed at the codec endpoint too long ago.',
      hint: 'Send it again: what a person seals counts for ten minutes.',
    },
    'seal-repeated': {
      message: 'The same sealed payload came before: it is a copy.',
      hint: 'Find out who can write to Temporal.',
    },
    'system-only': {
      message: 'Only the system itself sends this.',
      hint: 'Use the request of the API for what you want to do.',
    },
    'task-busy': {
      message: 'Listeners are still processing the previous act.',
      hint: 'Reload in a moment, then try again.',
    },
    'task-gone': { message: 'This task is already closed.', hint: 'Reload to see who completed it and when.' },
    'unknown-element': { message: 'The definition has no such element.', hint: 'Check the id of the element.' },
    'unknown-key': { message: 'There is no such item, or it ended long ago.', hint: 'Reload and try again.' },
    'unknown-schedule': {
      message: 'The newest version has no such schedule.',
      hint: 'See the schedules of the newest version.',
    },
    'internal-error': {
      message: 'The engine failed; nothing was done.',
      hint: 'Ask an operator: where an event could not be processed, an incident of the instance says why.',
    },
    'variables-rejected': {
      message: 'The variables are nested too deep, too large or not JSON; they were not taken.',
      hint: 'Send less, or less deeply nested; keep large contents as files and send their ids.',
    },
    'unknown-start-event': {
      message: 'The definition has no such start event.',
      hint: 'Check the id of the start event.',
    },
    'unknown-version': { message: 'This version is not deployed.', hint: 'Deploy it first, then migrate.' },
    unsealed: {
      message: 'This was not sealed with the acting key, so nothing is done.',
      hint: 'Act through the API, or seal it at the codec endpoint.',
    },
    'whole-instance': { message: 'This is the whole instance.', hint: 'To end it, cancel the instance.' },
  },
  migrationLines: {
    stays: (name) => `"${name}" stays.`,
    moves: (name, to) => `"${name}" moves to "${to}".`,
    created: (name) => `"${name}" is new and starts to wait.`,
    mapped: (name) => `"${name}" ends, as the mapping says.`,
    'inside-dropped': (name) => `"${name}" ends with its enclosing scope.`,
    'guard-gone': (name) => `The target definition has no "${name}" here: it is no longer waited for.`,
    'element-gone': (name) => `The target definition has no "${name}": map it to an element.`,
    'kind-changed': (name, to) => `"${name}" and "${to}" are elements of different kinds: map it to another element.`,
    'scope-changed': (name, to) =>
      `"${to}" is in another subprocess than "${name}": map it to an element of the same subprocess, or move the token first.`,
    'loop-changed': (name) => `The loop of "${name}" has changed: its instances cannot continue.`,
    'events-changed': (name) => `"${name}" now waits for other kinds of events: map it to an element.`,
    'flow-gone': (name, flow) =>
      `The flow "${flow}", by which a token has arrived at "${name}", no longer leads there: map the flow.`,
    'host-changed': (name, to) => `"${to}" is not attached to the activity that "${name}" is attached to.`,
    'handler-gone': (name) => `The target definition has no compensation handler for "${name}".`,
    'last-token': (name) =>
      `"${name}" is the only live token of its scope and cannot end: map it to an element, or cancel the instance.`,
    'evaluation-failed': (name, why) => `The target definition cannot evaluate what "${name}" waits for: ${why}`,
  },
  modificationLines: {
    cancelled: (name) => `"${name}" ends.`,
    created: (name) => `"${name}" begins.`,
    stopped: (name) => `"${name}" begins and is stopped by an incident.`,
  },
};
