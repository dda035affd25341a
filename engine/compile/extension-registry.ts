/**
 * Support of each extension of the common desktop modeler, attribute by attribute: source of the compiler's refusals
 * and warnings, and of the table in docs/elements.md. A test compares it with the modeler's own descriptors.
 */

export type Fate = 'executes' | 'harmless' | 'refused';

export interface ExtensionEntry {
  fate: Fate;
  /** Its effect here, or why it has none. */
  words: string;
  /** A file of tests. */
  test?: string;
}

const plan = 'tests/engine/compile/plan.test.ts';
const refusals = 'tests/engine/compile/refusals.test.ts';
const variables = 'tests/engine/elements/service-task.test.ts';
const users = 'tests/engine/elements/user-task.test.ts';
const loops = 'tests/engine/loops.test.ts';
const listeners = 'tests/engine/listeners.test.ts';
const taskListeners = 'tests/engine/task-listeners.test.ts';
const bindings = 'tests/engine/compile/bindings.test.ts';
const extensions = 'tests/engine/compile/extensions.test.ts';
const adHoc = 'tests/engine/elements/ad-hoc-sub-process.test.ts';
const decisions = 'tests/engine/elements/business-rule-task.test.ts';

const executes = (words: string, test: string): ExtensionEntry => ({ fate: 'executes', words, test });
const harmless = (words: string): ExtensionEntry => ({ fate: 'harmless', words });
const refused = (words: string, test = refusals): ExtensionEntry => ({ fate: 'refused', words, test });

const template = harmless(
  'Says which template of the modeler an element was made from; what the template wrote is what runs.',
);

/** By type of the `zeebe:` namespace and attribute: `Type.attribute`. */
export const extensionRegistry: Readonly<Record<string, ExtensionEntry>> = {
  'TaskDefinition.type': executes('The job that does the work; one that no worker knows is refused.', plan),
  'TaskDefinition.retries': executes('How often the job is tried; 3 where nothing is written.', plan),
  'ZeebeServiceTask.retryCounter': harmless('Read by no engine any more; a warning says so. Write retries.'),
  'TaskHeaders.values': executes(
    'Handed to the job; those of a user task to its listeners, and without listeners a warning says that nobody reads them.',
    listeners,
  ),
  'Header.id': harmless('A header is found by its key.'),
  'Header.key': executes('', plan),
  'Header.value': executes('', plan),
  'IoMapping.ioMapping': harmless('No such element is written by any modeler.'),
  'IoMapping.inputParameters': executes('Local variables of the element, worked out in order.', variables),
  'IoMapping.outputParameters': executes('What goes out of the element; nothing else does then.', variables),
  'InputOutputParameter.source': executes('', variables),
  'InputOutputParameter.target': executes('A name, or a path of names.', variables),
  'Subscription.correlationKey': executes('Which instance a message is for.', 'tests/engine/messages.test.ts'),
  'LoopCharacteristics.inputCollection': executes('', loops),
  'LoopCharacteristics.inputElement': executes('', loops),
  'LoopCharacteristics.outputCollection': executes('', loops),
  'LoopCharacteristics.outputElement': executes('', loops),
  'CalledElement.processId': executes('', 'tests/runtime/calls.test.ts'),
  'CalledElement.processIdExpression': executes('', bindings),
  'CalledElement.propagateAllChildVariables': executes('', variables),
  'CalledElement.propagateAllParentVariables': executes('', variables),
  'CalledElement.businessId': executes(
    'The business key of the called instance; careloop:businessKey comes first.',
    bindings,
  ),
  'CalledElement.bindingType': executes(
    'latest: the newest version when the call begins. deployment: the one that came with the same file. versionTag: the newest with the tag. What cannot be found is refused at deployment.',
    bindings,
  ),
  'CalledElement.versionTag': executes('', bindings),
  'CalledDecision.decisionId': executes('', decisions),
  'CalledDecision.resultVariable': executes('', decisions),
  'CalledDecision.bindingType': executes(
    'Decisions are pinned with the plan: latest and deployment both mean those deployed with the diagram, and a running instance keeps them.',
    bindings,
  ),
  'CalledDecision.versionTag': executes(
    'One of the decisions deployed with the diagram must have this tag, and is the one that is taken.',
    decisions,
  ),
  'UserTaskForm.id': executes('A form within the diagram.', plan),
  'UserTaskForm.body': executes('', plan),
  'FormDefinition.formKey': executes('The form within the diagram.', plan),
  'FormDefinition.formId': executes('A form deployed with the diagram: what a completion must bring is checked.', plan),
  'FormDefinition.externalReference': harmless('The form lies elsewhere: a warning says that values are not checked.'),
  'FormDefinition.bindingType': executes(
    'Forms are pinned with the plan: latest and deployment both mean the one deployed with the diagram.',
    bindings,
  ),
  'FormDefinition.versionTag': executes('The form deployed with the diagram must have this tag.', bindings),
  UserTask: executes('User tasks are done by people here, with the mark and without.', users),
  'AssignmentDefinition.assignee': executes('', users),
  'AssignmentDefinition.candidateGroups': executes('', users),
  'AssignmentDefinition.candidateUsers': executes('', users),
  'PriorityDefinition.priority': executes('', users),
  'TaskSchedule.dueDate': executes('', users),
  'TaskSchedule.followUpDate': executes('', users),
  'JobPriorityDefinition.priority': harmless(
    'Jobs have no priorities here; the order of work is that of the queue. A warning says so.',
  ),
  'LinkedResources.values': refused('Linked resources are not executed.', extensions),
  'LinkedResource.resourceId': refused('', extensions),
  'LinkedResource.resourceType': refused('', extensions),
  'LinkedResource.linkName': refused('', extensions),
  'LinkedResource.bindingType': refused('', extensions),
  'LinkedResource.versionTag': refused('', extensions),
  'Properties.properties': executes(
    'Kept in the plan for whoever reads it; they do nothing at run time, as in Zeebe.',
    plan,
  ),
  'Property.name': executes('', plan),
  'Property.value': executes('', plan),
  'TemplateSupported.modelerTemplate': template,
  'TemplateSupported.modelerTemplateVersion': template,
  'TemplateSupported.modelerTemplateIcon': template,
  'TemplatedRootElement.modelerTemplate': template,
  'ConfigurationSupported.modelerConfigurationTemplate': template,
  'ConfigurationSupported.modelerConfigurationName': template,
  'Script.expression': executes('', 'tests/engine/compile/plan.test.ts'),
  'Script.resultVariable': executes('', 'tests/engine/compile/plan.test.ts'),
  'ExecutionListeners.listeners': executes('One after the other, in the order of the diagram.', listeners),
  'ExecutionListener.eventType': executes(
    'start, end; beforeAll for a multi-instance as a whole; cancel for the process. Where an event would never be heard it is refused.',
    listeners,
  ),
  'ExecutionListener.retries': executes('', listeners),
  'ExecutionListener.type': executes('', listeners),
  'ExecutionListener.headers': executes('', listeners),
  'TaskListeners.listeners': executes('', taskListeners),
  'TaskListener.eventType': executes(
    'creating, assigning, updating, completing: they hold the task up, may correct it, and deny all but its making. canceling: told beside; the task is gone at once, and the instance does not end before.',
    taskListeners,
  ),
  'TaskListener.retries': executes('', taskListeners),
  'TaskListener.type': executes('', taskListeners),
  'VersionTag.value': executes(
    'Of a process: kept with its version, for calls bound to it; in a DMN file of a decision.',
    bindings,
  ),
  'AdHoc.activeElementsCollection': executes('Which activities begin.', loops),
  'AdHoc.outputCollection': executes(
    'A variable of the subprocess, with one entry for each branch that has ended, in that order; it goes out when the whole is complete.',
    adHoc,
  ),
  'AdHoc.outputElement': executes(
    'Worked out as the last activity of a branch is complete, with what that brings.',
    adHoc,
  ),
  'ConditionalFilter.variableNames': executes(
    'A condition is looked at whenever a variable has changed: the filter is taken when it names all variables the condition reads, and refused otherwise.',
    extensions,
  ),
  'ConditionalFilter.variableEvents': executes('create and update together; only one of them is refused.', extensions),
  'AgentDefinition.agentType': refused('Agents are not executed.', extensions),
};

/** The entry of a type that is taken or refused as a whole. */
export function entryOf(type: string): ExtensionEntry | undefined {
  const name = type.replace(/^zeebe:/, '');
  const own = Object.entries(extensionRegistry).filter(([key]) => key === name || key.startsWith(`${name}.`));
  return own[0]?.[1];
}
